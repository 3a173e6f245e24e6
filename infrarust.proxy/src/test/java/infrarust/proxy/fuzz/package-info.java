/**
 * Throws bytes at what reads bytes of strangers. A {@link infrarust.proxy.fuzz.FuzzTarget} takes one input; every build tries each
 * target for seconds ({@code FuzzTest}), and {@code infrarust.proxy/fuzz} for as long as one likes, guided by coverage.
 */
@NullMarked
package infrarust.proxy.fuzz;

import org.jspecify.annotations.NullMarked;
