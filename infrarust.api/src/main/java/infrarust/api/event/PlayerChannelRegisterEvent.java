package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.List;

/**
 * A client has said that it, or a mod of it, listens on channels. Nothing waits for the listeners.
 *
 * @param player whose client
 * @param channels their names as the client wrote them, without those that were known already; {@link Player#channels} has all
 */
public record PlayerChannelRegisterEvent(Player player, List<String> channels) implements PlayerEvent {

    public PlayerChannelRegisterEvent {
        channels = List.copyOf(channels);
    }
}
