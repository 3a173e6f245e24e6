package infrarust.proxy.status;

import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.net.LoopScope;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One question to a backend: connect, handshake, status request, one answer, close. Everything happens on one event loop.
 * Ends once, with the JSON or with nothing, whatever the backend does: it may be silent, slow,
 * endless or wrong.
 */
final class BackendPing extends ChannelInboundHandlerAdapter {

    /** What a pinger waits for the whole of it, connecting included. */
    static final Duration DEADLINE = Duration.ofSeconds(5);
    /** The longest JSON: what a string of the protocol may hold. */
    static final int MAX_JSON_BYTES = Wire.MAX_STRING * 3;

    private static final int MAX_LENGTH_BYTES = 3;
    private static final int MAX_FRAME = MAX_LENGTH_BYTES + 1 + MAX_LENGTH_BYTES + MAX_JSON_BYTES;

    private final LoopScope scope;
    private final PacketTable packets;
    private final Handshake question;
    private final Consumer<byte @Nullable []> done;
    private boolean ended;
    private @Nullable Deadline deadline;
    private @Nullable Future<Channel> connecting;
    private @Nullable Channel channel;
    private @Nullable ByteBuf received;

    /**
     * @param scope of the loop that does the work
     * @param packets ids of all versions
     * @param question the handshake that the backend gets
     * @param done called once on the loop, with the JSON as the backend wrote it or with null when there is none
     */
    BackendPing(LoopScope scope, PacketTable packets, Handshake question, Consumer<byte @Nullable []> done) {
        this.scope = scope;
        this.packets = packets;
        this.question = question;
        this.done = done;
    }

    /**
     * @param most for the whole of it, connecting included
     * @param connects opens the connection, on the scope's loop
     */
    void start(Duration most, Function<ChannelHandler, Future<Channel>> connects) {
        deadline = scope.deadlines().arm(most, () -> end(null));
        Future<Channel> attempt = connects.apply(this);
        connecting = attempt;
        var _ = attempt.addListener(connected -> {
            if (!connected.isSuccess()) {
                end(null);
            } else if (ended) {
                var _ = attempt.getNow().close();
            }
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        if (ended) {
            var _ = context.close();
            return;
        }
        ByteBuf handshake =
                Frames.frame(Handshake.LAYOUT.encode(context.alloc(), packets.ids(question.protocol()), question));
        var _ = context.write(handshake, context.voidPromise());
        ByteBuf request = context.alloc().buffer(2).writeByte(1).writeByte(StatusFrame.STATUS);
        var _ = context.writeAndFlush(request, context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (ended) {
                return;
            }
            ByteBuf all = received;
            if (all == null) {
                all = context.alloc().buffer(Math.min(bytes.readableBytes(), MAX_FRAME));
                received = all;
            }
            // Grows with what has really arrived, up to one frame; whatever is behind it is not looked at.
            all.writeBytes(bytes, Math.min(bytes.readableBytes(), MAX_FRAME - all.readableBytes()));
            byte[] json = json(all);
            if (json != null) {
                end(json);
            } else if (all.readableBytes() == MAX_FRAME) {
                end(null);
            }
        } catch (MalformedPacketException malformed) {
            end(null);
        } finally {
            bytes.release();
        }
    }

    /** The JSON when the whole frame is there, null when more must come. */
    private static byte @Nullable [] json(ByteBuf all) {
        ByteBuf in = all.slice();
        int length = Frames.readLength(in, MAX_FRAME);
        if (length == Frames.INCOMPLETE || in.readableBytes() < length) {
            return null;
        }
        ByteBuf frame = in.readSlice(length);
        if (Wire.readVarInt(frame) != StatusFrame.STATUS) {
            throw new MalformedPacketException("Something else than a status response");
        }
        return Wire.readBytes(frame, MAX_JSON_BYTES);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(null);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end(null);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset or the like: the pinger is told that the server is away, which says it all.
        end(null);
    }

    private void end(byte @Nullable [] json) {
        if (ended) {
            return;
        }
        ended = true;
        Deadline armed = deadline;
        if (armed != null) {
            armed.disarm();
        }
        ByteBuf all = received;
        if (all != null) {
            received = null;
            all.release();
        }
        Channel open = channel;
        Future<Channel> attempt = connecting;
        if (open != null) {
            var _ = open.close();
        } else if (attempt != null) {
            attempt.cancel(false);
        }
        done.accept(json);
    }
}
