/**
 * Which commands does the proxy have, who may use them, and who runs them? Registrations of plugins and typed lines flow in;
 * calls on virtual threads, with deadlines, flow out. What operators can do is a command like any other, in {@link
 * infrarust.proxy.command.Operations}. Knows {@code config}, {@code event}, {@code routing} and {@code service}; nothing of packets
 * or terminals.
 */
@NullMarked
package infrarust.proxy.command;

import org.jspecify.annotations.NullMarked;
