package infrarust.proxy.filter;

import infrarust.proxy.net.Outermost;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Shows the bytes of a connection to those who watch it, as they travel: nothing stands between it and the socket. Runs per read and write. */
final class TransportTap extends ChannelDuplexHandler implements Outermost {

    private final WatchedConnection watched;

    TransportTap(WatchedConnection watched) {
        this.watched = watched;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf shown = watched.ofClient((ByteBuf) message);
        if (shown.isReadable()) {
            ctx.fireChannelRead(shown);
        } else {
            shown.release();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        // Empty buffers are written to hear of the end of what is queued, and travel nowhere.
        Object shown = message instanceof ByteBuf bytes && bytes.isReadable() ? watched.ofServer(bytes) : message;
        var _ = ctx.write(shown, promise);
    }
}
