/**
 * Throws bytes at what reads bytes of strangers. A {@link infrarust.wasm.component.fuzz.FuzzTarget} takes one input; every build
 * tries each target for seconds ({@code FuzzTest}), and {@code infrarust.wasm.component/fuzz} for as long as one likes, guided by
 * coverage.
 */
@NullMarked
package infrarust.wasm.component.fuzz;

import org.jspecify.annotations.NullMarked;
