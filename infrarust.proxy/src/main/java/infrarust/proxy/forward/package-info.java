/**
 * The modes that never parse beyond the handshake. Knows {@code net}, and of {@code filter} whether a
 * connection's bytes are watched.
 */
@NullMarked
package infrarust.proxy.forward;

import org.jspecify.annotations.NullMarked;
