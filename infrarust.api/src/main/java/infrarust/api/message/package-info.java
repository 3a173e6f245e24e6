/**
 * Bytes on named channels, between plugins of the proxy, servers and mods of clients: {@link
 * infrarust.api.message.Messaging}.
 */
@NullMarked
package infrarust.api.message;

import org.jspecify.annotations.NullMarked;
