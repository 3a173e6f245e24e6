/**
 * The core-engine SPI. A component layer flows in from above and asks for modules, stores, instances, functions and
 * memories; an engine (in Java or native) answers from below. This package knows neither side.
 *
 * <p>The life of a call: {@link infrarust.wasm.spi.CoreEngineProvider} opens a {@link infrarust.wasm.spi.CoreEngine},
 * the engine compiles a {@link infrarust.wasm.spi.CoreModule} once, a {@link infrarust.wasm.spi.CoreStore} per component
 * instance instantiates modules with imports given by position, and {@link infrarust.wasm.spi.CoreFunction}s are resolved
 * by name once and then called by handle.
 *
 * <p>There is no deadline among the limits: a watchdog samples {@link infrarust.wasm.spi.CoreStore#runningCall()}, so that no call
 * pays for a clock. How to add an engine is in the module's README; what it must pass is in its test kit.
 *
 * <p>Threads: engines and modules may be used by any thread. A store and all that lives in it (instances, functions,
 * memories, host functions) belong to one thread at a time; only {@link infrarust.wasm.spi.CoreStore#runningCall()} and
 * {@link infrarust.wasm.spi.CoreStore#interrupt(long)} may be called from another.
 */
@NullMarked
package infrarust.wasm.spi;

import org.jspecify.annotations.NullMarked;
