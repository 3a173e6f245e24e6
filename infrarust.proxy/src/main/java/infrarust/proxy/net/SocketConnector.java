package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connects TCP sockets of the network's transport. */
final class SocketConnector implements BackendConnector {

    private final Network network;
    private final NameLookup names;

    SocketConnector(Network network, NameLookup names) {
        this.network = network;
        this.names = names;
    }

    @Override
    public Future<Channel> connect(
            EventLoop loop,
            List<InetSocketAddress> addresses,
            Duration timeout,
            Optional<ProxyHeader> header,
            ChannelHandler handler) {
        Promise<Channel> result = loop.newPromise();
        var attempts = new Attempts(loop, new ArrayDeque<>(addresses), timeout, header, handler, result);
        if (loop.inEventLoop()) {
            attempts.next();
        } else {
            loop.execute(attempts::next);
        }
        return result;
    }

    /** One after the other until one answers. Lives on the loop. */
    private final class Attempts {

        private final EventLoop loop;
        private final Deque<InetSocketAddress> left;
        private final Duration timeout;
        private final Optional<ProxyHeader> header;
        private final ChannelHandler handler;
        private final Promise<Channel> result;
        private IOException failure = new IOException("There is no address to connect to");

        Attempts(
                EventLoop loop,
                Deque<InetSocketAddress> left,
                Duration timeout,
                Optional<ProxyHeader> header,
                ChannelHandler handler,
                Promise<Channel> result) {
            this.loop = loop;
            this.left = left;
            this.timeout = timeout;
            this.header = header;
            this.handler = handler;
            this.result = result;
        }

        void next() {
            InetSocketAddress address = left.poll();
            if (address == null || result.isDone()) {
                result.tryFailure(failure);
            } else if (address.isUnresolved()) {
                names.resolve(address, loop, (found, reason) -> resolved(address, found, reason));
            } else {
                attempt(address);
            }
        }

        private void resolved(InetSocketAddress name, List<InetSocketAddress> found, @Nullable Exception reason) {
            if (found.isEmpty()) {
                failure = new IOException("Cannot look up the name " + name.getHostString(), reason);
            }
            found.reversed().forEach(left::addFirst);
            next();
        }

        private void attempt(InetSocketAddress address) {
            LoopScope scope = network.scope(loop);
            Channel channel = network.transport().newSocketChannel();
            network.configure(channel, scope);
            // The sweep of the loop watches the time; a timer of the channel's own costs more than it gives.
            channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
            channel.config().setAutoRead(false);
            ReceiveBuffer.readLarge(channel);
            var _ = loop.register(channel).addListener(registered -> {
                if (!registered.isSuccess()) {
                    channel.unsafe().closeForcibly();
                    failed(address, registered.cause());
                    return;
                }
                var late = scope.deadlines().close(timeout, channel);
                var _ = channel.connect(address).addListener(connected -> {
                    late.disarm();
                    if (!connected.isSuccess()) {
                        var _ = channel.close();
                        failed(address, connected.cause());
                    } else {
                        header.ifPresent(first -> {
                            ByteBuf bytes = channel.alloc().buffer(ProxyHeader.MAX_BYTES);
                            first.write(bytes);
                            var _ = channel.write(bytes, channel.voidPromise());
                        });
                        channel.pipeline().addLast(handler);
                        if (result.trySuccess(channel)) {
                            channel.config().setAutoRead(true);
                        } else {
                            var _ = channel.close();
                        }
                    }
                });
            });
        }

        private void failed(InetSocketAddress address, @Nullable Throwable cause) {
            String why = cause instanceof java.nio.channels.ClosedChannelException
                    ? "no answer within " + timeout.toMillis() + " ms"
                    : String.valueOf(cause == null ? "unknown reason" : cause.getMessage());
            failure = new IOException("Cannot connect to " + address + ": " + why, cause);
            next();
        }
    }
}
