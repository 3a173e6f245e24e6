package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in one side, bytes out the other, both ways, until both have said that no more follow. One side is not read while the
 * other cannot be written. Both channels live on one loop.
 */
public final class Relay {

    /** How long bytes may wait for a peer that has stopped reading, once the other side is gone. */
    static final Duration LINGER = Duration.ofSeconds(30);

    private Relay() {}

    /**
     * One direction's handler: reads its own channel and writes the other one. Put one into each channel's pipeline.
     *
     * @param other where the bytes go
     * @param scope of the loop of both channels
     */
    public static ChannelInboundHandlerAdapter to(Channel other, LoopScope scope) {
        return new Side(other, scope);
    }

    /**
     * How long a relayed connection may stand still.
     *
     * @param patience {@code read}: without a byte in either direction; who sends what and when is the business of the ends
     * @param found hears which channel's peer does not read, or that nothing moves, right before both channels are closed
     */
    public record Watch(Vigil.Patience patience, BiConsumer<Channel, Vigil.Fault> found) {}

    /** From now on watches two channels that have a handler of {@link #to} each. */
    public static void watch(Channel one, Channel two, Watch watch) {
        for (Channel channel : List.of(one, two)) {
            Side side = channel.pipeline().get(Side.class);
            if (side != null) {
                side.watch(watch);
            }
        }
    }

    /**
     * Lets the kernel move the bytes between two channels of one loop that have a handler of {@link #to} each; where that is
     * not possible, it stays as it is. Whatever has been queued leaves first.
     *
     * @param watch goes on with what the kernel moves
     */
    public static void splice(Channel one, Channel two, LoopScope scope, Watch watch) {
        if (scope.splice().isEmpty() || !(scope.loop() instanceof IoEventLoop loop)) {
            return;
        }
        one.config().setAutoRead(false);
        two.config().setAutoRead(false);
        var _ = one.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(first -> {
            var _ = two.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(second -> {
                if (first.isSuccess() && second.isSuccess()) {
                    one.pipeline().remove(Side.class);
                    two.pipeline().remove(Side.class);
                    SpliceRelay.begin(scope, loop, one, two, watch);
                }
            });
        });
    }

    private static final class Side extends ChannelInboundHandlerAdapter implements Vigil.Peer {

        private final Channel other;
        private final Outbound out;
        private final LoopScope scope;
        private @Nullable Channel own;
        private @Nullable Vigil vigil;
        private long moved;
        private boolean ended;

        Side(Channel other, LoopScope scope) {
            this.other = other;
            this.out = new Outbound(other, scope);
            this.scope = scope;
            // What the other channel has not taken is counted here, and it may close while this one is silent.
            var _ = other.closeFuture().addListener(closed -> out.settle());
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            own = ctx.channel();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            if (vigil != null) {
                vigil.stop();
            }
        }

        void watch(Watch watch) {
            vigil = Vigil.over(this, watch.patience, scope.deadlines(), fault -> {
                watch.found.accept(other, fault);
                Side opposite = opposite();
                if (opposite != null && opposite.vigil != null) {
                    opposite.vigil.stop();
                }
                var _ = other.close();
                if (own != null) {
                    var _ = own.close();
                }
            });
        }

        private @Nullable Side opposite() {
            return other.pipeline().get(Side.class);
        }

        @Override
        public long received() {
            Side opposite = opposite();
            return moved + (opposite == null ? 0 : opposite.moved);
        }

        @Override
        public boolean isHeard() {
            Side opposite = opposite();
            return out.waiting() == 0 && (opposite == null || opposite.out.waiting() == 0);
        }

        @Override
        public long waiting() {
            return out.waiting();
        }

        @Override
        public long taken() {
            return out.taken();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            moved++;
            out.write((ByteBuf) message);
            if (!out.flush()) {
                ctx.channel().config().setAutoRead(false);
            }
        }

        /** This channel can be written again (or not): it is the other one that is read then (or not). */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (ctx.channel().isWritable()) {
                ReceiveBuffer.readAgain(other);
                Side opposite = opposite();
                if (opposite != null) {
                    opposite.out.settle();
                }
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                end(ctx.channel());
            }
        }

        private void end(Channel own) {
            if (ended) {
                return;
            }
            ended = true;
            Side opposite = opposite();
            if (opposite == null || opposite.ended) {
                close(own);
                close(other);
            } else {
                out.finish();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ended = true;
            close(other);
        }

        private void close(Channel channel) {
            if (channel.isActive()) {
                scope.deadlines().close(LINGER, channel);
                new Outbound(channel, scope).close();
            }
        }

        /** The connection broke; that is how many end, and nothing to write a line about. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }
}
