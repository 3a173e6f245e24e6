/**
 * Components without Java types for them: a {@link infrarust.wasm.component.value.Value} is any WIT value, a {@link
 * infrarust.wasm.component.value.HostInterface} any interface that an embedder offers. For tools, tests and embedders that learn
 * at run time what a component wants; where the types are known, {@code bind} is faster and safer.
 */
@NullMarked
package infrarust.wasm.component.value;

import org.jspecify.annotations.NullMarked;
