/**
 * Wasmtime as a core engine through {@code java.lang.foreign}. No class lives here yet.
 */
@NullMarked
package infrarust.wasm.wasmtime;

import org.jspecify.annotations.NullMarked;
