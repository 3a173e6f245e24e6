/**
 * Java to WIT: which Java type stands for which WIT type, checked when a component is linked; a mismatch names the
 * function and both types. Calls {@code canon} and {@code type}.
 */
@NullMarked
package infrarust.wasm.component.bind;

import org.jspecify.annotations.NullMarked;
