/**
 * The modes that never parse beyond the handshake and the name behind it. Logins flow in; plugins that listen are asked, and then
 * bytes flow through as they are. Runs per read. Knows {@code net}, {@code gate}, {@code event}, {@code service}, of {@code
 * login} who may come in, and of {@code filter} whether a connection's bytes are watched.
 */
@NullMarked
package infrarust.proxy.forward;

import org.jspecify.annotations.NullMarked;
