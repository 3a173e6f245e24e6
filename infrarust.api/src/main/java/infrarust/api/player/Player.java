package infrarust.api.player;

import infrarust.api.permission.Tristate;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.text.Component;

/**
 * One connection of a player, from the moment that it has been let in until it is gone. Any thread may call; no method waits, and what is
 * asked for takes effect in the order of the calls of one thread. Two objects are equal only if they are the same connection.
 */
public interface Player {

    /** The number of this connection: from 1, never used again while the proxy runs. */
    long id();

    /** The player's profile. */
    GameProfile profile();

    /** The protocol number that the client speaks, for example 767. */
    int protocolVersion();

    /** Where the client is, or where a trusted proxy before us says that it is. */
    InetSocketAddress remoteAddress();

    /** When the player was let in. */
    Instant connectedAt();

    /**
     * The server that the player is on: its id in the configuration. Empty while on none yet, and in limbo; on the way to another
     * server it is that one, and while a kick is decided the one that was lost.
     */
    Optional<String> currentServer();

    /** Whether the account was proven by the session service. */
    boolean isOnlineMode();

    /** Whether the connection is still there. */
    boolean isConnected();

    /** Whether the proxy speaks the protocol with this client, so that messages can be sent to it. */
    boolean isActive();

    /**
     * What is said about a permission of this player: by whoever settled what it may do while it logged in, else by the
     * default of the node. From memory.
     *
     * @param node in any case, for example {@code infrarust.command.kick}
     */
    Tristate permissionValue(String node);

    /** Whether the player has that permission; one about which nobody says anything it has not. */
    default boolean hasPermission(String node) {
        return permissionValue(node) == Tristate.TRUE;
    }

    /** Shows a line in the player's chat. */
    Delivery sendMessage(Component message);

    /**
     * Moves the player to another server without a new login, also from the limbo. Only servers of the same {@code network} as that
     * where the player is, was last, or where its host name leads can be reached.
     *
     * @param server its id in the configuration; {@code $limbo} for the limbo, which clients since 1.20.5 can enter
     * @return the outcome, completed on any thread; never exceptionally
     */
    CompletionStage<ConnectionResult> connect(String server);

    /** Ends the connection; the client shows the reason. Does nothing if it has ended already. */
    void disconnect(Component reason);
}
