package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/**
 * Closes a connection so that the peer reads the last bytes. Closing a socket that still has unread bytes makes the kernel
 * send a reset, and a reset makes the peer throw away what it has not read yet, the reason for the end included. So: write,
 * say that no more follows, read and forget what the peer sends until it closes too, within {@link #PATIENCE}.
 */
public final class Farewell {

    /** How long the peer may take to read the last bytes and to close. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private Farewell() {}

    /**
     * Ends the connection. Only on the channel's loop; nothing may be written to the channel afterwards. Handlers in the
     * pipeline hear no more reads, but still that the channel is inactive.
     *
     * @param last the last bytes, may be empty; taken
     * @param deadlines of the channel's loop
     */
    public static void say(Channel channel, ByteBuf last, Deadlines deadlines) {
        if (!channel.isActive() || channel.pipeline().get(Drain.class) != null) {
            last.release();
            var _ = channel.close();
            return;
        }
        deadlines.close(PATIENCE, channel);
        channel.pipeline().addFirst(new Drain());
        var _ = channel.writeAndFlush(last).addListener(written -> {
            if (written.isSuccess() && channel instanceof DuplexChannel duplex) {
                if (duplex.isInputShutdown()) {
                    var _ = channel.close();
                } else {
                    var _ = duplex.shutdownOutput();
                }
            } else {
                var _ = channel.close();
            }
        });
        channel.config().setAutoRead(true);
    }

    private static final class Drain extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent
                    && ctx.channel().unsafe().outboundBuffer() != null
                    && ctx.channel().unsafe().outboundBuffer().isEmpty()) {
                var _ = ctx.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }
}
