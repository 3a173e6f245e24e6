package infrarust.proxy.status;

import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.net.Farewell;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One ping of a client before 1.7 ("Server List Ping" of the protocol's documentation on minecraft.wiki). Which of the three
 * forms it is shows only in whether more bytes follow, so the reader waits a moment after the first byte and after the second.
 */
final class LegacyConversation extends ChannelInboundHandlerAdapter {

    /** How long another byte may take to come. */
    static final Duration EXTRA_BYTE = Duration.ofMillis(100);

    private static final int PING = 0xFE;
    private static final int SINCE_1_4 = 0x01;
    private static final int SINCE_1_6 = 0xFA;
    private static final String CHANNEL = "MC|PingHost";
    /** FE 01 FA, the channel's length, the channel, the length of the rest. */
    private static final int HEAD_BYTES = 3 + 2 + 2 * CHANNEL.length() + 2;

    private static final int MAX_HOST = 255;
    /** What is in the rest beside the host: protocol, the host's length, port. */
    private static final int REST_BYTES = 1 + 2 + 4;

    private static final int MAX_BYTES = HEAD_BYTES + REST_BYTES + 2 * MAX_HOST;

    private final ClientConnection client;
    private final BiConsumer<LegacyQuestion, Consumer<StatusAnswer>> asks;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf received;
    private @Nullable ScheduledFuture<?> wait;
    private boolean asked;

    /** @param asks called once it is clear what the client wants; the consumer must get an answer, or a close follow */
    LegacyConversation(ClientConnection client, BiConsumer<LegacyQuestion, Consumer<StatusAnswer>> asks) {
        this.client = client;
        this.asks = asks;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        client.deadline(StatusConversation.STEP);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (asked) {
                return;
            }
            ByteBuf all = received;
            if (all == null) {
                all = reading.alloc().buffer(64, MAX_BYTES);
                received = all;
            }
            all.writeBytes(in, Math.min(in.readableBytes(), MAX_BYTES - all.readableBytes()));
            look(reading, all);
        } finally {
            in.release();
        }
    }

    private void look(ChannelHandlerContext reading, ByteBuf all) {
        stopWaiting();
        int bytes = all.readableBytes();
        if (bytes == 0) {
            return;
        }
        if (all.getUnsignedByte(0) != PING) {
            client.malformed();
        } else if (bytes == 1) {
            waitForMore(reading, new LegacyQuestion.Beta());
        } else if (all.getUnsignedByte(1) != SINCE_1_4) {
            ask(new LegacyQuestion.Beta());
        } else if (bytes == 2) {
            waitForMore(reading, new LegacyQuestion.Since14());
        } else if (all.getUnsignedByte(2) != SINCE_1_6) {
            ask(new LegacyQuestion.Since14());
        } else {
            lookForHost(all);
        }
    }

    /** The form of 1.6; what it cannot be read as is answered like the form of 1.4, which it begins with. */
    private void lookForHost(ByteBuf all) {
        int bytes = all.readableBytes();
        if (bytes < HEAD_BYTES) {
            return;
        }
        int rest = all.getUnsignedShort(HEAD_BYTES - 2);
        boolean channel = all.getUnsignedShort(3) == CHANNEL.length()
                && all.toString(5, 2 * CHANNEL.length(), StandardCharsets.UTF_16BE)
                        .equals(CHANNEL);
        if (!channel || rest < REST_BYTES || rest > REST_BYTES + 2 * MAX_HOST) {
            ask(new LegacyQuestion.Since14());
            return;
        }
        if (bytes < HEAD_BYTES + rest) {
            return;
        }
        int protocol = all.getUnsignedByte(HEAD_BYTES);
        int length = all.getUnsignedShort(HEAD_BYTES + 1);
        if (2 * length + REST_BYTES != rest) {
            ask(new LegacyQuestion.Since14());
            return;
        }
        String host = all.toString(HEAD_BYTES + 3, 2 * length, StandardCharsets.UTF_16BE);
        int port = all.getInt(HEAD_BYTES + 3 + 2 * length);
        ask(new LegacyQuestion.ToHost(protocol, host, port & 0xFFFF));
    }

    private void waitForMore(ChannelHandlerContext reading, LegacyQuestion otherwise) {
        wait = reading.executor().schedule(() -> ask(otherwise), EXTRA_BYTE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopWaiting() {
        ScheduledFuture<?> waiting = wait;
        if (waiting != null) {
            waiting.cancel(false);
            wait = null;
        }
    }

    private void ask(LegacyQuestion what) {
        if (asked) {
            return;
        }
        asked = true;
        release();
        client.deadline(BackendPing.DEADLINE.multipliedBy(2));
        asks.accept(what, answer -> answer(what, answer));
    }

    /** Sends the answer in the form of the question and closes. */
    private void answer(LegacyQuestion question, StatusAnswer answer) {
        ChannelHandlerContext to = context;
        if (to == null || !to.channel().isActive()) {
            return;
        }
        LegacyAnswer told = answer.legacy(question.protocol());
        ByteBuf out = to.alloc().directBuffer();
        if (question instanceof LegacyQuestion.Beta) {
            told.writeBeta(out);
        } else {
            told.write(out);
        }
        client.noDeadline();
        Farewell.say(to.channel(), out, client.deadlines());
    }

    private void release() {
        ByteBuf all = received;
        if (all != null) {
            received = null;
            all.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext reading, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !asked) {
            client.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext reading) {
        asked = true;
        stopWaiting();
        release();
        client.noDeadline();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext reading, Throwable cause) {
        // As in the modern ping.
        client.close();
    }
}
