/**
 * Who is kept out: {@link infrarust.api.ban.Bans} issues, lifts and looks up {@link infrarust.api.ban.Ban bans}; a plugin that
 * keeps them elsewhere offers a {@link infrarust.api.ban.BanProvider}.
 */
@NullMarked
package infrarust.api.ban;

import org.jspecify.annotations.NullMarked;
