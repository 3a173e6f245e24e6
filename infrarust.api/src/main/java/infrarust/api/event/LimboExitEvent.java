package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;

/**
 * A player has left the limbo. Nothing waits for the listeners; the player's later events come after this one.
 *
 * @param player who
 * @param reason why
 * @param nextServer the id of the server that the player goes to, if it goes to one
 */
public record LimboExitEvent(Player player, Reason reason, Optional<String> nextServer) implements PlayerEvent {

    /** Why a player leaves the limbo. */
    public enum Reason {
        /** It goes to a server. */
        REDIRECTED,
        /** The proxy or a plugin has disconnected it with a reason. */
        KICKED,
        /** It has left. */
        DISCONNECTED,
        /** It has not answered in time. */
        TIMED_OUT,
        /** The proxy stops. */
        SHUTDOWN
    }
}
