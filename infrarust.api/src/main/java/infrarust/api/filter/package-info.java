/**
 * What plugins may do to the bytes of a connection: {@linkplain infrarust.api.filter.CodecFilter packets} of players whose
 * protocol the proxy speaks, one by one, and {@linkplain infrarust.api.filter.TransportFilter connections} of every mode before
 * anything is read from them. {@link infrarust.api.filter.Filters} is where both are registered.
 *
 * <p>Everything here runs on the event loop of the connection unless it says otherwise: it must be short and must not block.
 */
@NullMarked
package infrarust.api.filter;

import org.jspecify.annotations.NullMarked;
