/**
 * Which server? The host name of the handshake flows in, a server of the configuration flows out. Knows {@code config}.
 */
@NullMarked
package infrarust.proxy.routing;

import org.jspecify.annotations.NullMarked;
