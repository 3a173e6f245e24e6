/**
 * What may plugins do to the bytes, and in which order? Registrations flow in, from native plugins and components alike; out flow
 * the {@linkplain infrarust.proxy.filter.FilterChain chain} of one direction of one session and the transport filters that a connection meets. The
 * session and the gate call them where the bytes are. Runs per packet: nothing is allocated, logged or looked up for a packet that passes. Knows
 * {@code protocol}, {@code net}.
 */
@NullMarked
package infrarust.proxy.filter;

import org.jspecify.annotations.NullMarked;
