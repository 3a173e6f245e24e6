/**
 * What may a player do? Players flow in while they log in; what they may do is settled by a plugin, or by the
 * configuration and the operators that are kept in {@code store}, and asked from memory from then on. Knows {@code
 * config}, {@code event}, {@code service} and {@code store}, and offers its {@code command}s.
 */
@NullMarked
package infrarust.proxy.permission;

import org.jspecify.annotations.NullMarked;
