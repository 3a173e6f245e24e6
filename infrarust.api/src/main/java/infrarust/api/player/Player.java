package infrarust.api.player;

import infrarust.api.message.MessageChannel;
import infrarust.api.permission.Tristate;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.bossbar.BossBar;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.title.Title;

/**
 * One connection of a player, from the moment that it has been let in until it is gone. Any thread may call; no method waits, and what is
 * asked for takes effect in the order of the calls of one thread. Two objects are equal only if they are the same connection.
 *
 * <p><b>What is sent</b> goes out when the client can take it: between two packets of its server, and only while it is in a world, of a
 * server or of the limbo. Until then it waits: at most 256 things of 2 MiB together, further ones are {@link Delivery#REFUSED}, and
 * so is everything while the client has 256 KiB to read first. What a version does not have is refused too; each method says which
 * versions have it.
 *
 * <p><b>Waiting</b> in a listener of the player's own event for what becomes of {@link #connect} or {@link #requestCookie} throws {@link
 * WouldDeadlockException}.
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

    /** Where the client wanted to go: the host name as the routing sees it, unresolved, and the port, as it says itself. */
    InetSocketAddress virtualHost();

    /** What the client says that it is, for example {@code vanilla}; empty until it has. */
    Optional<String> clientBrand();

    /** How the client is set up; empty until it has said so. */
    Optional<ClientSettings> settings();

    /** The channels on which the client or a mod of it listens, as it wrote them. A snapshot. */
    Set<String> channels();

    /**
     * How long the client's last answer took to the question whether it is still there, which servers and the limbo ask every few seconds;
     * empty before the first answer.
     */
    Optional<Duration> ping();

    /** Shows a line in the player's chat. */
    Delivery sendMessage(Component message);

    /**
     * Shows a line above the hotbar. Since 1.8; before 1.11 that line can have no other styles than the sixteen colours and the five
     * decorations, and the rest of them is left out.
     */
    Delivery sendActionBar(Component message);

    /** Shows a title with its subtitle and, where it says some, its times. Since 1.8. */
    Delivery showTitle(Title title);

    /** Hides the title; the next one has the same times. Since 1.8. */
    Delivery clearTitle();

    /** Hides the title and forgets its text and times. Since 1.8. */
    Delivery resetTitle();

    /**
     * Shows a boss bar, and every change of it from then on, until it is hidden or the player leaves. It stays when the player goes to
     * another server. At most 64 for a player. Since 1.9.
     */
    Delivery showBossBar(BossBar bar);

    /** Hides a boss bar; does nothing if it is not shown. Since 1.9. */
    Delivery hideBossBar(BossBar bar);

    /**
     * Sets what is above and below the list of players; two empty components take it away. Since 1.8. It stays when the player goes to
     * another server, until that one sets something else.
     */
    Delivery sendPlayerListHeaderAndFooter(Component header, Component footer);

    /**
     * Asks the client to load a resource pack. Since 1.8; before 1.20.3 a client has one pack at a time, and one that its server sends
     * takes its place. What becomes of it, {@link infrarust.api.event.PlayerResourcePackStatusEvent} tells. The pack stays when the
     * player goes to another server.
     */
    Delivery sendResourcePack(ResourcePack pack);

    /** Takes a resource pack away. Since 1.20.3. */
    Delivery removeResourcePack(UUID pack);

    /** Takes all resource packs away, those of the server too. Since 1.20.3. */
    Delivery clearResourcePacks();

    /**
     * Tells the client to leave for another address. Since 1.20.5; also while it is in the configuration state.
     *
     * @param host a name or an address, 1 to 255 characters
     * @param port 1 to 65535
     * @throws IllegalArgumentException if host or port is out of its range
     */
    Delivery transfer(String host, int port);

    /**
     * Lets the client keep something for the time that it runs, also when it is transferred. Since 1.20.5; also while it is in the
     * configuration state.
     *
     * @param key {@code namespace:path} in lower case; without a namespace, {@code minecraft}
     * @param content at most 5,120 bytes
     * @throws IllegalArgumentException if the key does not have the form or the content is too long
     */
    Delivery storeCookie(String key, byte[] content);

    /**
     * Asks the client for what it keeps. Since 1.20.5; also while it is in the configuration state. The client has ten seconds from
     * this call on.
     *
     * @param key as of {@link #storeCookie}
     * @return the answer, completed on any thread; never exceptionally
     * @throws IllegalArgumentException if the key does not have the form
     */
    CompletionStage<CookieResult> requestCookie(String key);

    /**
     * Sends a message to the client. {@link Delivery#REFUSED} where the channel has no name in the client's version.
     *
     * @param data at most {@link infrarust.api.message.Messaging#MAX_TO_CLIENT} bytes, 32,767 before 1.8
     * @throws IllegalArgumentException if it is too long for every version
     */
    Delivery sendPluginMessage(MessageChannel channel, byte[] data);

    /**
     * Sends a message to the server that the player is on, as if the client had. {@link Delivery#REFUSED} while the player is in no
     * server's world, and where the channel has no name in the client's version.
     *
     * @param data at most {@link infrarust.api.message.Messaging#MAX_TO_SERVER} bytes
     * @throws IllegalArgumentException if it is too long
     */
    Delivery sendToServer(MessageChannel channel, byte[] data);

    /**
     * Shows the client which commands of the proxy it may use now, after its permissions have changed. In the limbo at once; before 1.13
     * clients ask each time, and there is nothing to do. On a server it takes effect with the next list that the server sends, since the
     * proxy keeps none: {@link Delivery#REFUSED} says so.
     */
    Delivery refreshCommands();

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
