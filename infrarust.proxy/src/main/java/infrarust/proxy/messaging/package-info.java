/**
 * What servers ask of the proxy in plugin messages: the BungeeCord channel. A server's message and the player on whose connection it
 * came flow in; what flows out goes through the players of the API. Knows {@code config} and {@code service}.
 */
@NullMarked
package infrarust.proxy.messaging;

import org.jspecify.annotations.NullMarked;
