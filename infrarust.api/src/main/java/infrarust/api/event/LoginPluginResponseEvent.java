package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;

/**
 * A client has answered what a server has asked during the login, and the question has been {@linkplain LoginPluginRequestEvent
 * shown} as well. The answer waits for the result.
 */
public final class LoginPluginResponseEvent implements PlayerEvent, ResultedEvent<LoginPluginResponseEvent.Result> {

    private final Player player;
    private final String server;
    private final int messageId;
    private final String channel;
    private final Optional<byte[]> data;
    private volatile Result result = new Result.Forward();

    /** For the proxy. The result starts as {@link Result.Forward}. */
    public LoginPluginResponseEvent(
            Player player, String server, int messageId, String channel, Optional<byte[]> data) {
        this.player = player;
        this.server = server;
        this.messageId = messageId;
        this.channel = channel;
        this.data = data;
    }

    @Override
    public Player player() {
        return player;
    }

    /** The server that has asked: its id in the configuration. */
    public String server() {
        return server;
    }

    /** The number of the question. */
    public int messageId() {
        return messageId;
    }

    /** The channel of the question. */
    public String channel() {
        return channel;
    }

    /** The answer, up to 1 MiB, a copy; none when the client has not understood the question. */
    public Optional<byte[]> data() {
        return data.map(byte[]::clone);
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    /** What does the server hear? */
    public sealed interface Result {

        /** What the client has answered. */
        record Forward() implements Result {}

        /**
         * Something else.
         *
         * @param data the answer; none says that nobody has understood the question
         */
        record Replace(Optional<byte[]> data) implements Result {}
    }
}
