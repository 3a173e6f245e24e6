/**
 * The void world: what a player sees who is on no server. Clients flow in, from their login or from a server; packets that the proxy
 * has made itself flow out, until the client leaves or goes to a server. {@link infrarust.proxy.limbo.VoidWorld} is the room's door.
 *
 * <p>All packets of a visit but the keep-alives are the same for every player of a version: they are made once, when the first
 * one enters, and shared. A visit holds nothing but its state. Knows {@code protocol} and {@code session}.
 */
@NullMarked
package infrarust.proxy.limbo;

import org.jspecify.annotations.NullMarked;
