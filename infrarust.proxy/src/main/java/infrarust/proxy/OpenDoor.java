package infrarust.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Keeps connections that arrive between binding and the end of {@code ProxyInitializeEvent} waiting, unread: plugins are
 * promised that nobody is served before. Any thread.
 */
final class OpenDoor {

    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Lets everyone in, those who wait first. */
    void open() {
        opened.complete(null);
    }

    /** The first handler of a channel: the given one, as soon as the door is open. Called on the channel's loop. */
    ChannelHandler before(Channel channel, Supplier<ChannelHandler> first) {
        return opened.isDone() ? first.get() : new Waiting(channel, first);
    }

    /** Reading is off, so there is nothing to do but to wait. */
    private final class Waiting extends ChannelInboundHandlerAdapter {

        private final Channel channel;
        private final Supplier<ChannelHandler> first;

        Waiting(Channel channel, Supplier<ChannelHandler> first) {
            this.channel = channel;
            this.first = first;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            var _ = opened.thenRunAsync(
                    () -> {
                        if (channel.isActive()) {
                            channel.pipeline().replace(this, null, first.get());
                        }
                    },
                    channel.eventLoop());
        }

        /** The client has gone; unread, that shows only as a failure. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }
}
