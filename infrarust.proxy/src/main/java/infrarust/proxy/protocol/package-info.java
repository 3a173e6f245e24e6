/**
 * What do the bytes mean? Versions, packet-id tables (data, not code), frames and compression, packet layouts, text.
 * Runs per packet. Knows no other room.
 */
@NullMarked
package infrarust.proxy.protocol;

import org.jspecify.annotations.NullMarked;
