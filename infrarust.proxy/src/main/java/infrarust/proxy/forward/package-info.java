/**
 * The modes that never parse beyond the handshake. Knows {@code net}.
 */
@NullMarked
package infrarust.proxy.forward;

import org.jspecify.annotations.NullMarked;
