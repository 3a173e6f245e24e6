/**
 * The WebAssembly Component Model (0.2 ABI, synchronous) on any core engine: decode, link, lift and lower, resources, WASI
 * 0.2 hosts, and the binding of Java interfaces to WIT. It knows nothing of Minecraft and can be used on its own.
 */
module infrarust.wasm.component {
    requires transitive infrarust.wasm.spi;
    requires static org.jspecify;

    exports infrarust.wasm.component;
    exports infrarust.wasm.component.bind;
    exports infrarust.wasm.component.type;
    exports infrarust.wasm.component.value;
    exports infrarust.wasm.component.wasi;
}
