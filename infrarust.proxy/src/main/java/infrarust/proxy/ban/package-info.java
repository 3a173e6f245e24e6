/**
 * Who is kept out? Connections and players flow in, with what is known of them; a reason to refuse them flows out, or
 * nothing. Bans that are issued are kept in {@code store}, or by a plugin's provider, before anybody is told. Look-ups
 * come from memory and may be made on event loops. Knows {@code config}, {@code event}, {@code store} and {@code
 * service}, puts itself before the rooms behind the {@code gate}, and offers its {@code command}s.
 */
@NullMarked
package infrarust.proxy.ban;

import org.jspecify.annotations.NullMarked;
