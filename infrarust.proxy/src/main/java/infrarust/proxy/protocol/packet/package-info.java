/**
 * The packets that the proxy itself reads or writes: one record each, with one layout template per band of versions beside
 * it. Everything else on the wire stays opaque bytes.
 */
@NullMarked
package infrarust.proxy.protocol.packet;

import org.jspecify.annotations.NullMarked;
