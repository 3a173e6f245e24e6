package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;

/**
 * A player has left. Exactly one follows each {@link PostLoginEvent}; the player is still listed among the players while
 * listeners run, but nothing can be sent any more. The proxy waits for the listeners before it takes the player off the list, and lets
 * the same account in again.
 *
 * @param player who left
 * @param lastServer the id of the server that the player was on, if on any
 * @param cause what ended the connection
 */
public record DisconnectEvent(Player player, Optional<String> lastServer, Cause cause) implements PlayerEvent {

    /** What ended a connection. */
    public enum Cause {
        /** The client has closed it. */
        CLIENT_QUIT,
        /** The proxy or a plugin ended it with a reason: {@link Player#disconnect}, the same account came again, and so on. */
        KICKED,
        /** A server did not take the player, or ended the connection, with a reason or without. */
        BACKEND_CLOSED,
        /** The proxy stops. */
        SHUTDOWN,
        /** The client sent what is not the protocol, or said or took nothing for too long. */
        ERROR
    }
}
