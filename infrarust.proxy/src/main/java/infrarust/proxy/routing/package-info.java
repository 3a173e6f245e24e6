/**
 * Which server, and which of its addresses? The host name of the handshake flows in, a server of the configuration flows out;
 * a pool for each server gives players an address and hears how that went. Knows {@code config}; opens no connection itself.
 */
@NullMarked
package infrarust.proxy.routing;

import org.jspecify.annotations.NullMarked;
