/**
 * Which commands does the proxy have, who may use them, and who runs them? Registrations of plugins and typed lines flow in;
 * calls on virtual threads, with deadlines, flow out. Knows {@code config}, {@code event} and {@code service}; nothing of
 * packets.
 */
@NullMarked
package infrarust.proxy.command;

import org.jspecify.annotations.NullMarked;
