package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * A player is about to be connected to a server. The connection waits for the result. Before the first server, messages to the
 * player wait until it can show them. Fired on every mode; where {@link Player#isActive} says no, a redirect must lead to a server
 * whose mode only forwards too, and there is no limbo.
 */
public final class ServerPreConnectEvent
        implements AccessEvent, PlayerEvent, ResultedEvent<ServerPreConnectEvent.Result> {

    private final Player player;
    private final String server;
    private final Optional<String> previousServer;
    private final Cause cause;
    private volatile Result result = new Result.Allowed();

    /** For the proxy. The result starts as {@link Result.Allowed}. */
    public ServerPreConnectEvent(Player player, String server, Optional<String> previousServer, Cause cause) {
        this.player = player;
        this.server = server;
        this.previousServer = previousServer;
        this.cause = cause;
    }

    @Override
    public Player player() {
        return player;
    }

    /** The server that the player is to be connected to: its id in the configuration. */
    public String server() {
        return server;
    }

    /** The server that the player is on or comes from, if any; empty for one who is in the limbo. */
    public Optional<String> previousServer() {
        return previousServer;
    }

    /** Why the player is to be connected. */
    public Cause cause() {
        return cause;
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    @Override
    public void deny(Component reason) {
        setResult(new Result.Denied(reason));
    }

    /** Why a player is connected to a server. */
    public enum Cause {
        /** It is the first one, where the host name or a listener of {@link PlayerChooseInitialServerEvent} leads. */
        INITIAL,
        /** Somebody asked with {@link Player#connect}. */
        SWITCH,
        /** Somebody asked with {@link Player#connect} while the player was in the limbo. */
        LIMBO_EXIT,
        /** A server asked with a message on the BungeeCord channel. */
        PLUGIN_MESSAGE,
        /** Another server did not keep or take the player, and a listener of {@link KickedFromServerEvent} chose this one. */
        KICK_REDIRECT
    }

    /** May the player be connected there? */
    public sealed interface Result {

        /** Yes. */
        record Allowed() implements Result {}

        /**
         * To another server instead, which must be one that the player could be moved to.
         *
         * @param server its id in the configuration
         */
        record Redirect(String server) implements Result {}

        /** Into the limbo instead. Where the client's version has none, this is a denial with a reason that says so. */
        record SendToLimbo() implements Result {}

        /**
         * No. A player who is on a server stays there; one who is on none is disconnected.
         *
         * @param reason told to whoever asked, as {@link infrarust.api.player.ConnectionResult.Denied}; shown to a player who
         *     is disconnected, unless another server has lost or refused it: then that one's reason is shown
         */
        record Denied(Component reason) implements Result {}
    }
}
