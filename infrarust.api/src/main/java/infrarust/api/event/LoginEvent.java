package infrarust.api.event;

import infrarust.api.player.Player;
import net.kyori.adventure.text.Component;

/**
 * A player is known, not banned, and has its permissions: the last chance to keep it out. It is not listed yet; {@link
 * PostLoginEvent} follows when it is. The login waits for the result. Fired on every mode; where {@link Player#isActive} says
 * no, nobody knows whether the account is the player's.
 */
public final class LoginEvent implements AccessEvent, PlayerEvent, ResultedEvent<LoginEvent.Result> {

    private final Player player;
    private volatile Result result = new Result.Allowed();

    /** For the proxy. The result starts as {@link Result.Allowed}. */
    public LoginEvent(Player player) {
        this.player = player;
    }

    /** Who; {@link Player#isOnlineMode} says whether the account was verified. */
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

    /** May this player come in? */
    public sealed interface Result {

        /** Yes. */
        record Allowed() implements Result {}

        /**
         * No.
         *
         * @param reason shown by the client
         */
        record Denied(Component reason) implements Result {}
    }
}
