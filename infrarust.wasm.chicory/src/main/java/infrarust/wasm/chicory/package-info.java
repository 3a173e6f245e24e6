/**
 * Chicory as a core engine: modules compiled to JVM classes of our own loader, a flat memory, interruption that never
 * leaks a flag. SPI calls flow in, Chicory calls flow out.
 */
@NullMarked
package infrarust.wasm.chicory;

import org.jspecify.annotations.NullMarked;
