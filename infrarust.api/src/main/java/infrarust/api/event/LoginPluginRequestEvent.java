package infrarust.api.event;

import infrarust.api.player.Player;
import java.util.Optional;

/**
 * A server asks something during the login of a player, on a channel of its own; the proxy's own channel for telling who the player is
 * ({@code velocity:player_info}) is not shown. The server waits for the result. Only in {@code client_only} and {@code
 * offline}; versions since 1.13 have such questions.
 */
public final class LoginPluginRequestEvent implements PlayerEvent, ResultedEvent<LoginPluginRequestEvent.Result> {

    private final Player player;
    private final String server;
    private final int messageId;
    private final String channel;
    private final byte[] data;
    private final boolean clientReachable;
    private volatile Result result = new Result.Forward();

    /** For the proxy. The result starts as {@link Result.Forward}. */
    public LoginPluginRequestEvent(
            Player player, String server, int messageId, String channel, byte[] data, boolean clientReachable) {
        this.player = player;
        this.server = server;
        this.messageId = messageId;
        this.channel = channel;
        this.data = data;
        this.clientReachable = clientReachable;
    }

    @Override
    public Player player() {
        return player;
    }

    /** The server that asks: its id in the configuration. */
    public String server() {
        return server;
    }

    /** The number of the question, which the answer repeats. */
    public int messageId() {
        return messageId;
    }

    /** The channel, for example {@code fml:loginwrapper}. */
    public String channel() {
        return channel;
    }

    /** What is asked, up to 1 MiB; a copy. */
    public byte[] data() {
        return data.clone();
    }

    /**
     * Whether the client is still logging in, and can be asked. It is not when it changes servers: then only {@link Result.Respond}
     * has an effect, and without one the server hears that nobody has understood.
     */
    public boolean isClientReachable() {
        return clientReachable;
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    /** What becomes of the question? */
    public sealed interface Result {

        /** The client is asked. */
        record Forward() implements Result {}

        /**
         * The client is asked something else.
         *
         * @param data at most 1 MiB
         */
        @SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
        record Replace(byte[] data) implements Result {}

        /**
         * The server is answered, and the client hears nothing of it.
         *
         * @param data the answer; none says that nobody has understood the question
         */
        record Respond(Optional<byte[]> data) implements Result {}
    }
}
