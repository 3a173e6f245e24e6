package infrarust.api.event;

import infrarust.api.message.MessageChannel;
import infrarust.api.player.Player;

/**
 * A client or a server has sent a message on a channel that a plugin has {@linkplain infrarust.api.message.Messaging#register
 * registered}. Until there is a result, nothing else of the side that sent it is read. Not fired for what servers
 * ask of the proxy on the BungeeCord channel, nor for what a client says on the channels that are between servers and proxies: that
 * is dropped.
 */
public final class PluginMessageEvent implements PlayerEvent, ResultedEvent<PluginMessageEvent.Result> {

    private final Player player;
    private final Source source;
    private final MessageChannel channel;
    private final byte[] data;
    private volatile Result result = new Result.Forward();

    /** For the proxy. The result starts as {@link Result.Forward}. */
    public PluginMessageEvent(Player player, Source source, MessageChannel channel, byte[] data) {
        this.player = player;
        this.source = source;
        this.channel = channel;
        this.data = data.clone();
    }

    /** Whose connection it came on; {@link Player#currentServer} is the server, when it is on one. */
    @Override
    public Player player() {
        return player;
    }

    /** Which side has sent it. */
    public Source source() {
        return source;
    }

    /** The channel, as it was registered. */
    public MessageChannel channel() {
        return channel;
    }

    /** What was sent; a copy. */
    public byte[] data() {
        return data.clone();
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    /** The sides of a connection. */
    public enum Source {
        /** The player's client. What it says is anybody's word. */
        CLIENT,
        /** The server that the player is on. */
        SERVER
    }

    /** What becomes of the message? */
    public sealed interface Result {

        /** It goes on to the other side; from a client in the limbo there is none, and it is dropped. */
        record Forward() implements Result {}

        /** It goes no further. */
        record Handled() implements Result {}

        /**
         * Another one goes to the other side, on the same channel.
         *
         * @param data at most {@link infrarust.api.message.Messaging#MAX_TO_CLIENT} bytes from a server, {@link
         *     infrarust.api.message.Messaging#MAX_TO_SERVER} from a client; a longer one is dropped, and the log says so
         */
        @SuppressWarnings("ArrayRecordComponent") // compared nowhere
        record Replace(byte[] data) implements Result {

            public Replace {
                data = data.clone();
            }
        }
    }
}
