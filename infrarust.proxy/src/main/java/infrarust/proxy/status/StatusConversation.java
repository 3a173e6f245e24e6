package infrarust.proxy.status;

import infrarust.proxy.gate.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's ping after its handshake: request, answer, ping, pong, close. Two frames of fixed size are all it may send, so
 * they are read byte by byte and nothing is collected.
 */
final class StatusConversation extends ChannelInboundHandlerAdapter {

    /** Until the request, and from the answer until the ping. */
    static final Duration STEP = Duration.ofSeconds(5);
    /** From the request until the answer; the backend's own deadline comes first. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final int REQUEST_LENGTH = 1;
    private static final int PING_LENGTH = StatusFrame.PONG_BYTES - 1;

    private final ClientConnection client;
    private final Consumer<Consumer<StatusAnswer>> asks;
    private @Nullable ChannelHandlerContext context;

    // The frame under way.
    private int at;
    private int length;
    private long payload;

    private boolean requested;
    private boolean answered;
    private boolean pinged;
    private boolean closing;

    /** @param asks called when the client asks; the consumer must get an answer on the client's loop, or a close follow */
    StatusConversation(ClientConnection client, Consumer<Consumer<StatusAnswer>> asks) {
        this.client = client;
        this.asks = asks;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        client.deadline(STEP);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && !closing) {
                if (!accepts(in.readByte())) {
                    closing = true;
                    client.malformed();
                }
            }
        } finally {
            in.release();
        }
    }

    private boolean accepts(byte next) {
        int position = at++;
        if (position == 0) {
            length = next;
            return length == REQUEST_LENGTH || length == PING_LENGTH;
        }
        if (position == 1) {
            if (next != (length == REQUEST_LENGTH ? StatusFrame.STATUS : StatusFrame.PING)) {
                return false;
            }
        } else {
            payload = payload << 8 | (next & 0xFF);
        }
        if (position < length) {
            return true;
        }
        at = 0;
        return length == REQUEST_LENGTH ? request() : ping();
    }

    private boolean request() {
        if (requested) {
            return false;
        }
        requested = true;
        client.deadline(ANSWER);
        asks.accept(this::answer);
        return true;
    }

    private boolean ping() {
        if (pinged) {
            return false;
        }
        pinged = true;
        if (!requested || answered) {
            pong();
        }
        return true;
    }

    /** Sends the answer, unless the client has left. */
    private void answer(StatusAnswer answer) {
        ChannelHandlerContext to = context;
        if (closing || to == null || !to.channel().isActive()) {
            return;
        }
        answered = true;
        ByteBuf out = to.alloc().directBuffer();
        answer.write(out, client.handshake().protocol());
        if (pinged) {
            var _ = to.write(out, to.voidPromise());
            pong();
        } else {
            var _ = to.writeAndFlush(out, to.voidPromise());
            client.deadline(STEP);
        }
    }

    private void pong() {
        ChannelHandlerContext to = context;
        if (to == null) {
            return;
        }
        closing = true;
        ByteBuf out = to.alloc().directBuffer(StatusFrame.PONG_BYTES);
        StatusFrame.writePong(out, payload);
        var _ = to.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
    }

    private void close() {
        closing = true;
        client.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext reading, Object event) {
        // A client that waits for its answer may have said all it had to say; any other has hung up.
        if (event instanceof ChannelInputShutdownEvent && (!requested || answered)) {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext reading) {
        closing = true;
        client.noDeadline();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext reading, Throwable cause) {
        // Resets and the like are everyday; whatever it was, the pinger can only be let go.
        close();
    }
}
