/**
 * What does a pinger see? Connections whose handshake asks for the status flow in, and those of clients before 1.7; one answer
 * each flows out: the backend's own, relayed and cached, or a message of the day of the proxy, as plugins have changed it. {@link
 * infrarust.proxy.status.Pings} is the room's door.
 *
 * <p>Runs per ping, which anyone may send: an answer that is held is one look-up and one copy of ready bytes. Knows {@code
 * config}, {@code routing}, {@code protocol}, {@code net}, {@code event} and {@code gate}.
 */
@NullMarked
package infrarust.proxy.status;

import org.jspecify.annotations.NullMarked;
