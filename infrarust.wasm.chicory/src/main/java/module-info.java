/** Chicory, a WebAssembly engine in pure Java, behind the core-engine SPI. All use of Chicory's classes stays in here. */
module infrarust.wasm.chicory {
    requires infrarust.wasm.spi;
    requires com.dylibso.chicory.wasm;
    requires com.dylibso.chicory.runtime;
    requires com.dylibso.chicory.compiler;
    requires static org.jspecify;

    provides infrarust.wasm.spi.CoreEngineProvider with
            infrarust.wasm.chicory.ChicoryProvider;
}
