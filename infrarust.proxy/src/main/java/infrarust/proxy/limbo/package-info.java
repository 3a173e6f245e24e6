/**
 * The void world: what a player sees who is on no server. Knows {@code protocol} and {@code session}.
 */
@NullMarked
package infrarust.proxy.limbo;

import org.jspecify.annotations.NullMarked;
