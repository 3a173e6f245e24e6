package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * A server does not keep or does not take a player. The player waits for the result. Fired in {@code client_only} and {@code
 * offline}: of what is only forwarded, the proxy does not see it.
 */
public final class KickedFromServerEvent implements PlayerEvent, ResultedEvent<KickedFromServerEvent.Result> {

    private final Player player;
    private final String server;
    private final Component reason;
    private final Cause cause;
    private final Optional<String> remainsOn;
    private volatile Result result;

    /**
     * For the proxy. The result starts as {@link Result.Stay} when the player remains on a server, else as {@link
     * Result.DisconnectPlayer} with the reason.
     */
    public KickedFromServerEvent(
            Player player, String server, Component reason, Cause cause, Optional<String> remainsOn) {
        this.player = player;
        this.server = server;
        this.reason = reason;
        this.cause = cause;
        this.remainsOn = remainsOn;
        this.result = remainsOn.isPresent() ? new Result.Stay() : new Result.DisconnectPlayer(reason);
    }

    @Override
    public Player player() {
        return player;
    }

    /** The server in question: its id in the configuration. */
    public String server() {
        return server;
    }

    /** In the server's words where it gave some, else in the proxy's. */
    public Component reason() {
        return reason;
    }

    /** What happened. */
    public Cause cause() {
        return cause;
    }

    /**
     * The server on which the player still is, because it only failed to reach another one; {@code $limbo} for one who is in the
     * limbo.
     */
    public Optional<String> remainsOn() {
        return remainsOn;
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    /** What happened between a server and a player. */
    public enum Cause {
        /** There was no connection, or no answer in time. */
        UNREACHABLE,
        /** The server refused the login, or proxy and server do not understand each other in it. */
        LOGIN_REFUSED,
        /** The server ended the connection with a reason before the player was in its world. */
        CONFIGURATION_DISCONNECT,
        /** The server ended the connection with a reason while the player was in its world. */
        PLAY_DISCONNECT,
        /** The connection ended without a reason, or the server said or took nothing for too long. */
        CONNECTION_LOST
    }

    /** What becomes of the player? */
    public sealed interface Result {

        /**
         * The player is disconnected.
         *
         * @param reason shown by the client
         */
        record DisconnectPlayer(Component reason) implements Result {}

        /**
         * The player is connected to another server, which must be one that it could be moved to. Where that is not possible,
         * after too many redirects in a row, and back to a server that has been tried already, the player stays where it is,
         * or is disconnected with the reason.
         *
         * @param server its id in the configuration
         */
        record Redirect(String server) implements Result {}

        /**
         * The player goes into the limbo, the world without blocks that the proxy holds itself; from there {@link Player#connect}
         * leads on. A client whose version has no such world reads the reason, and which versions have one, and is
         * disconnected, or stays where it is. Where a redirect would not be possible any more, this is not either.
         */
        record SendToLimbo() implements Result {}

        /**
         * The player reads the message and stays where it is; one that is on no server any more is disconnected with it.
         *
         * @param message for the player
         */
        record Notify(Component message) implements Result {}

        /**
         * The player stays where it is, and only who asked for the move hears the reason; one that is on no server any more is
         * disconnected with the reason.
         */
        record Stay() implements Result {}
    }
}
