package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;

/**
 * A player has entered the limbo, the world that the proxy holds itself. Exactly one {@link LimboExitEvent} follows. Nothing waits for
 * the listeners; the player's later events come after this one.
 *
 * @param player who
 * @param previousServer the server that the player comes from; empty for one that comes from its login
 */
public record LimboEnterEvent(Player player, Optional<String> previousServer) implements PlayerEvent {}
