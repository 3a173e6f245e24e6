/**
 * The WASI 0.2 interfaces that real {@code wasm32-wasip2} components import, as host objects that an embedder may
 * replace or withhold. Calls {@code bind}.
 */
@NullMarked
package infrarust.wasm.component.wasi;

import org.jspecify.annotations.NullMarked;
