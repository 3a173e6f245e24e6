/**
 * Throws bytes at what reads bytes of strangers. A {@link infrarust.proxy.fuzz.FuzzTarget} takes one input; every build tries each
 * target for seconds ({@code FuzzTest}), and {@code infrarust.proxy/fuzz} for as long as one likes, guided by coverage.
 *
 * <p>{@code infrarust.wasm.component} has the same package for its own targets, word for word but for the names. Sharing it would
 * take a Maven module of its own: a jar of that module's tests has the packages of its main jar, which the module path does not
 * allow, and its tests have to build without anything of Minecraft. That is more than the two small classes are.
 */
@NullMarked
package infrarust.proxy.fuzz;

import org.jspecify.annotations.NullMarked;
