package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * A player of an intercepted mode gives a command, be it one of the proxy or of the server. It waits for the result, and with
 * it everything that the same player writes afterwards.
 */
public final class CommandExecuteEvent implements PlayerEvent, ResultedEvent<CommandExecuteEvent.Result> {

    private final Player player;
    private final String command;
    private final boolean signed;
    private volatile Result result = new Result.Allow();

    /** For the proxy. The result starts as {@link Result.Allow}. */
    public CommandExecuteEvent(Player player, String command, boolean signed) {
        this.player = player;
        this.command = command;
        this.signed = signed;
    }

    /** Who gives it; {@link Player#currentServer} is where it goes if it is none of the proxy's. */
    @Override
    public Player player() {
        return player;
    }

    /** The command as it was typed, without its slash. Since 1.20.5 it may be longer than {@link Result.Modify} allows. */
    public String command() {
        return command;
    }

    /** Whether the client has signed an argument of it. */
    public boolean isSigned() {
        return signed;
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    /** What becomes of the command? */
    public sealed interface Result {

        /** The proxy runs it if it is one of its own, else it goes to the server. */
        record Allow() implements Result {}

        /**
         * It is swallowed.
         *
         * @param reason shown to the player, if there is one
         */
        record Deny(Optional<Component> reason) implements Result {}

        /**
         * Another command is given in its place, and runs where it belongs.
         *
         * @param command without a slash, 1 to 256 characters; servers before 1.11 get the first 99
         */
        record Modify(String command) implements Result {

            /** @throws IllegalArgumentException if it is empty or too long */
            public Modify {
                if (command.isEmpty() || command.length() > 256) {
                    throw new IllegalArgumentException(
                            "a command has 1 to 256 characters, this one " + command.length());
                }
            }
        }

        /** It goes to the server, even if the proxy has a command of that name. */
        record ForwardToBackend() implements Result {}
    }
}
