package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;

/**
 * A player has left. Exactly one follows each {@link PostLoginEvent}; the player is still listed among the players while
 * listeners run, but nothing can be sent any more.
 *
 * @param player who left
 * @param lastServer the id of the server that the player was on, if on any
 */
public record DisconnectEvent(Player player, Optional<String> lastServer) implements PlayerEvent {}
