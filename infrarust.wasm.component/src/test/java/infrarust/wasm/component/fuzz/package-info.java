/**
 * Throws bytes at what reads bytes of strangers. A {@link infrarust.wasm.component.fuzz.FuzzTarget} takes one input; every build
 * tries each target for seconds ({@code FuzzTest}), and {@code infrarust.wasm.component/fuzz} for as long as one likes, guided by
 * coverage.
 *
 * <p>{@code infrarust.proxy} has the same package for its own targets, word for word but for the names, and says there why the two
 * do not share one.
 */
@NullMarked
package infrarust.wasm.component.fuzz;

import org.jspecify.annotations.NullMarked;
