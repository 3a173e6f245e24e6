package infrarust.api.event;

import infrarust.api.permission.PermissionChecker;
import infrarust.api.player.Player;
import net.kyori.adventure.text.Component;

/**
 * It is known who a player is, no ban keeps it out, and what it may do is about to be settled. The login waits for the
 * result. The player is not listed among the players yet. Fired again by {@link
 * infrarust.api.permission.Permissions#refresh}, and for everybody when a plugin has been enabled or disabled while players are
 * there, so that nobody keeps a checker of a plugin that is gone.
 */
public final class PermissionsSetupEvent
        implements AccessEvent, PlayerEvent, ResultedEvent<PermissionsSetupEvent.Result> {

    private final Player player;
    private volatile Result result = new Result.UseDefault();

    /** For the proxy. The result starts as {@link Result.UseDefault}. */
    public PermissionsSetupEvent(Player player) {
        this.player = player;
    }

    @Override
    public Player player() {
        return player;
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

    /** Who says what the player may do? */
    public sealed interface Result {

        /** The provider that the operator has chosen, else the configuration. */
        record UseDefault() implements Result {}

        /**
         * This one. Where it leaves a node open, the node's default holds.
         *
         * @param checker asked from now on, for as long as the player is connected
         */
        record Custom(PermissionChecker checker) implements Result {}

        /**
         * Nobody: the login ends. Who is connected already may do only what the nodes' defaults allow.
         *
         * @param reason shown by the client
         */
        record Denied(Component reason) implements Result {}
    }
}
