package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connects TCP sockets of the network's transport. */
final class SocketConnector implements BackendConnector {

    /**
     * How long an address may take before the next one of the name is tried beside it: RFC 8305 §5 recommends 250 ms and wants 100 ms
     * to 2 s. The sweep of the loop may add as much again.
     */
    static final Duration NEXT_ADDRESS = Duration.ofMillis(250);

    private final Network network;
    private final NameLookup names;

    SocketConnector(Network network, NameLookup names) {
        this.network = network;
        this.names = names;
    }

    @Override
    public Future<Channel> connect(
            EventLoop loop,
            InetSocketAddress address,
            Duration timeout,
            Optional<ProxyHeader> header,
            ChannelHandler handler) {
        var dial = new Dial(loop, address, timeout, header, handler);
        if (loop.inEventLoop()) {
            dial.begin();
        } else {
            loop.execute(dial::begin);
        }
        return dial.result;
    }

    /** The families in turn, beginning with the resolver's favourite, each in the resolver's order (RFC 8305 §4). */
    static Deque<InetSocketAddress> interleaved(List<InetSocketAddress> found) {
        var first = new ArrayDeque<InetSocketAddress>();
        var second = new ArrayDeque<InetSocketAddress>();
        for (InetSocketAddress address : found) {
            boolean favourite = first.isEmpty() || isV6(address) == isV6(first.getFirst());
            (favourite ? first : second).add(address);
        }
        var all = new ArrayDeque<InetSocketAddress>(found.size());
        while (!first.isEmpty() || !second.isEmpty()) {
            if (!first.isEmpty()) {
                all.add(first.remove());
            }
            if (!second.isEmpty()) {
                all.add(second.remove());
            }
        }
        return all;
    }

    private static boolean isV6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    /** One connection being made, over all addresses that its name has. Lives on the loop. */
    private final class Dial {

        private final EventLoop loop;
        private final LoopScope scope;
        private final InetSocketAddress address;
        private final Duration timeout;
        private final Optional<ProxyHeader> header;
        private final ChannelHandler handler;
        private final Promise<Channel> result;
        private final List<Channel> underWay = new ArrayList<>(1);
        private Deque<InetSocketAddress> left = new ArrayDeque<>(0);
        /** A connection was made, or given up; what is still under way is being closed. */
        private boolean over;

        private Deadlines.@Nullable Deadline deadline;
        private Deadlines.@Nullable Deadline nextAddress;
        private @Nullable IOException failure;

        Dial(
                EventLoop loop,
                InetSocketAddress address,
                Duration timeout,
                Optional<ProxyHeader> header,
                ChannelHandler handler) {
            this.loop = loop;
            this.scope = network.scope(loop);
            this.address = address;
            this.timeout = timeout;
            this.header = header;
            this.handler = handler;
            this.result = loop.newPromise();
        }

        void begin() {
            // The sweep of the loop watches the time; a timer of the channel's own costs more than it gives.
            deadline = scope.deadlines().arm(timeout, this::late);
            var _ = result.addListener(done -> {
                if (done.isCancelled()) {
                    stop();
                }
            });
            names.resolve(address, loop, this::resolved);
        }

        private void resolved(List<InetSocketAddress> found, @Nullable Throwable reason) {
            if (over) {
                return;
            }
            if (found.isEmpty()) {
                fail(new IOException("Cannot look up the name " + address.getHostString(), reason));
            } else {
                left = found.size() == 1 ? new ArrayDeque<>(found) : interleaved(found);
                next();
            }
        }

        private void next() {
            if (nextAddress != null) {
                nextAddress.disarm();
            }
            InetSocketAddress one = left.poll();
            if (over || one == null) {
                return;
            }
            if (!left.isEmpty()) {
                nextAddress = scope.deadlines().arm(NEXT_ADDRESS, this::next);
            }
            attempt(one);
        }

        private void attempt(InetSocketAddress one) {
            Channel channel;
            try {
                channel = network.transport().newSocketChannel(one);
            } catch (ChannelException e) { // the system has no socket left
                failed(one, e);
                return;
            }
            network.configure(channel, false, scope);
            channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
            ReceiveBuffer.readLarge(channel);
            underWay.add(channel);
            var _ = loop.register(channel).addListener(registered -> {
                if (!registered.isSuccess()) {
                    channel.unsafe().closeForcibly();
                    failed(channel, one, registered.cause());
                    return;
                }
                var _ = channel.connect(one).addListener(connected -> {
                    if (connected.isSuccess()) {
                        connected(channel);
                    } else {
                        failed(channel, one, connected.cause());
                    }
                });
            });
        }

        private void connected(Channel channel) {
            underWay.remove(channel);
            if (over) {
                var _ = channel.close();
                return;
            }
            stop();
            header.ifPresent(first -> {
                ByteBuf bytes = channel.alloc().buffer(ProxyHeader.MAX_BYTES);
                withEnds(first, channel).write(bytes);
                var _ = channel.write(bytes, channel.voidPromise());
            });
            // Reading begins when this has returned, so the handler misses nothing.
            channel.pipeline().addLast(handler);
            if (!result.trySuccess(channel)) {
                var _ = channel.close();
            }
        }

        /** A connection of the proxy's own names its own ends: some receivers close when a header names none. */
        private static ProxyHeader withEnds(ProxyHeader first, Channel channel) {
            return first.origin() instanceof ProxyHeader.Origin.Own
                            && channel.localAddress() instanceof InetSocketAddress own
                            && channel.remoteAddress() instanceof InetSocketAddress server
                    ? new ProxyHeader(first.version(), new ProxyHeader.Origin.Client(new Endpoints(own, server)))
                    : first;
        }

        private void failed(Channel channel, InetSocketAddress one, @Nullable Throwable cause) {
            underWay.remove(channel);
            var _ = channel.close();
            failed(one, cause);
        }

        private void failed(InetSocketAddress one, @Nullable Throwable cause) {
            if (over) {
                return;
            }
            var latest = new IOException(
                    "Cannot connect to " + NetUtil.toSocketAddressString(one) + ": " + reason(cause), cause);
            if (failure != null) {
                latest.addSuppressed(failure);
            }
            failure = latest;
            if (!left.isEmpty()) {
                next();
            } else if (underWay.isEmpty()) {
                fail(latest);
            }
        }

        /** Without the address, which Netty appends, and the system call, which its native transports put in front. */
        private static String reason(@Nullable Throwable cause) {
            Throwable plain = cause instanceof ConnectException && cause.getCause() != null ? cause.getCause() : cause;
            String text = plain == null ? "unknown reason" : String.valueOf(plain.getMessage());
            int call = text.lastIndexOf("): ");
            return call < 0 ? text : text.substring(call + 3);
        }

        private void late() {
            var silent = new IOException("Cannot connect to " + NetUtil.toSocketAddressString(address)
                    + ": no answer within " + timeout.toMillis() + " ms");
            if (failure != null) {
                silent.addSuppressed(failure);
            }
            fail(silent);
        }

        private void fail(IOException reason) {
            stop();
            result.tryFailure(reason);
        }

        /** Ends what is still under way. */
        private void stop() {
            over = true;
            if (deadline != null) {
                deadline.disarm();
            }
            if (nextAddress != null) {
                nextAddress.disarm();
            }
            left.clear();
            for (Channel channel : List.copyOf(underWay)) {
                var _ = channel.close();
            }
        }
    }
}
