package infrarust.api.event;

import infrarust.api.player.Player;
import infrarust.api.player.ResourcePackStatus;
import java.util.Optional;
import java.util.UUID;

/**
 * A client has said what became of a resource pack. Nothing waits for the listeners. Answers about packs that a plugin has sent
 * do not reach the server; the others do.
 *
 * @param player whose client
 * @param pack which pack; empty before 1.20.3 for a pack that the server has sent, since those versions do not name packs
 * @param fromPlugin whether a plugin has sent the pack
 * @param status what became of it
 */
public record PlayerResourcePackStatusEvent(
        Player player, Optional<UUID> pack, boolean fromPlugin, ResourcePackStatus status) implements PlayerEvent {}
