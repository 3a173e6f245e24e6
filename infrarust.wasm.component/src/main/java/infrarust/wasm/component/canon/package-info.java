/**
 * The canonical ABI: one plan per function type, compiled once, that lifts and lowers values. Method names follow the
 * reference text (CanonicalABI.md). Calls {@code type}.
 */
@NullMarked
package infrarust.wasm.component.canon;

import org.jspecify.annotations.NullMarked;
