/**
 * Who is connected: {@link infrarust.api.player.Player} and the look-ups of {@link infrarust.api.player.Players}.
 */
@NullMarked
package infrarust.api.player;

import org.jspecify.annotations.NullMarked;
