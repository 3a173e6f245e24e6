package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * A player of an intercepted mode has written a chat message that is no command. The message waits for the result, and with it
 * everything that the same player writes afterwards; what the player does goes on. At most 16 wait;
 * what was for a server that the player has left meanwhile is dropped. While nobody listens, messages pass
 * unread.
 */
public final class ChatMessageEvent implements PlayerEvent, ResultedEvent<ChatMessageEvent.Result> {

    private final Player player;
    private final String message;
    private final boolean signed;
    private volatile Result result = new Result.Allow();

    /** For the proxy. The result starts as {@link Result.Allow}. */
    public ChatMessageEvent(Player player, String message, boolean signed) {
        this.player = player;
        this.message = message;
        this.signed = signed;
    }

    /** Who has written it; {@link Player#currentServer} is where it goes. */
    @Override
    public Player player() {
        return player;
    }

    /** The message as it was written, at most 256 characters. */
    public String message() {
        return message;
    }

    /** Whether the client has signed it. Servers behind the proxy get every message as one that is not. */
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

    /** What becomes of the message? */
    public sealed interface Result {

        /** It goes to the server. */
        record Allow() implements Result {}

        /**
         * It is swallowed.
         *
         * @param reason shown to the player, if there is one
         */
        record Deny(Optional<Component> reason) implements Result {}

        /**
         * Another one goes to the server in its place.
         *
         * @param message 1 to 256 characters; servers before 1.11 get the first 100
         */
        record Modify(String message) implements Result {

            /** @throws IllegalArgumentException if it is empty or too long */
            public Modify {
                if (message.isEmpty() || message.length() > 256) {
                    throw new IllegalArgumentException(
                            "a chat message has 1 to 256 characters, this one " + message.length());
                }
            }
        }
    }
}
