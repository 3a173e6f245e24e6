/**
 * What does a pinger see? Relay with cache, MOTD per state, legacy ping. Knows {@code routing} and {@code protocol}.
 */
@NullMarked
package infrarust.proxy.status;

import org.jspecify.annotations.NullMarked;
