package infrarust.api.event;

import infrarust.api.player.Player;
import net.kyori.adventure.text.Component;

/**
 * A player has been let in and is about to be connected to the first server. Comes before {@link ServerPreConnectEvent}, once
 * per connection, and not for players whose host name leads into limbo. Fired on every mode; where {@link Player#isActive} says
 * no, a redirect must lead to a server whose mode only forwards too, and there is no limbo.
 */
public final class PlayerChooseInitialServerEvent
        implements AccessEvent, PlayerEvent, ResultedEvent<PlayerChooseInitialServerEvent.Result> {

    private final Player player;
    private final String initialServer;
    private volatile Result result = new Result.Allowed();

    /** For the proxy. The result starts as {@link Result.Allowed}. */
    public PlayerChooseInitialServerEvent(Player player, String initialServer) {
        this.player = player;
        this.initialServer = initialServer;
    }

    @Override
    public Player player() {
        return player;
    }

    /** Where the player's host name leads: the id of a server in the configuration. */
    public String initialServer() {
        return initialServer;
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

    /** Which server is the first one? */
    public sealed interface Result {

        /** The one that the host name leads to. */
        record Allowed() implements Result {}

        /**
         * Another one, of the same {@code network}. When there is no such server, or players cannot be moved to it, the player is
         * disconnected with the reason.
         *
         * @param server its id in the configuration
         */
        record Redirect(String server) implements Result {}

        /** None: the player goes into the limbo. Where the client's version has none, the player is disconnected and reads that. */
        record SendToLimbo() implements Result {}

        /**
         * None, and not the limbo either.
         *
         * @param reason shown by the client, which is disconnected
         */
        record Denied(Component reason) implements Result {}
    }
}
