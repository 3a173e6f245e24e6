/**
 * What a <em>core</em> WebAssembly engine must offer to the component layer: compile, store, instantiate with imports,
 * call, memory, interrupt, limits and traps. Interfaces and records only; an engine is found through
 * {@link java.util.ServiceLoader} as an {@link infrarust.wasm.spi.CoreEngineProvider}.
 */
module infrarust.wasm.spi {
    requires static org.jspecify;

    exports infrarust.wasm.spi;

    uses infrarust.wasm.spi.CoreEngineProvider;
}
