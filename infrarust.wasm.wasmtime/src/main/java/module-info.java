/**
 * The place of Wasmtime, a native WebAssembly engine, behind the core-engine SPI. It provides no engine yet: a configuration
 * that asks for one is told so by name.
 */
module infrarust.wasm.wasmtime {
    requires infrarust.wasm.spi;
    requires static org.jspecify;
}
