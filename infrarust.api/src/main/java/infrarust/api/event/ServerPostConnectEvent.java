package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;

/**
 * A player has entered the world of a server. Nothing waits for the listeners; the player's later events come after this one.
 *
 * @param player who
 * @param server the server's id in the configuration; {@link Player#currentServer} is this one already
 * @param previousServer the server that the player was on before; empty for the first, and after the limbo
 */
public record ServerPostConnectEvent(Player player, String server, Optional<String> previousServer)
        implements PlayerEvent {}
