package infrarust.proxy.gate;

import infrarust.proxy.config.Address;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.net.BackendConnector;
import infrarust.proxy.net.ProxyHeader;
import infrarust.proxy.routing.Placement;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.telemetry.BackendCounters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connects clients to the servers of the configuration, whichever of a server's addresses the balancing gives them. Any thread;
 * what is done for one client is done on its loop.
 */
public final class Backends {

    /**
     * How long one of several addresses may take when there is only a question for it: who asks does not wait for long, and
     * another address shall have its turn. A lost first packet is sent again after one second.
     */
    static final Duration QUESTION_TIME = Duration.ofSeconds(2);

    /**
     * The same for the only address: less than who asks waits for the whole answer, or his giving up would hide that it is the
     * address that is silent.
     */
    private static final Duration ONLY_QUESTION_TIME = Duration.ofSeconds(4);

    private final BackendConnector connector;
    private final Pools pools;
    private final BackendCounters counters;

    /**
     * @param connector of the network
     * @param pools the addresses of the servers
     * @param counters where failures are counted
     */
    public Backends(BackendConnector connector, Pools pools, BackendCounters counters) {
        this.connector = connector;
        this.pools = pools;
        this.counters = counters;
    }

    /**
     * Connects a player, on the client's loop: to the address whose turn it is, and when that fails to the next, as often as the
     * configuration allows. The player counts on that address until the connection closes.
     *
     * @param handler as of {@link BackendConnector#connect}
     * @return completes on the loop; cancelling it ends the attempts; fails with an {@link IOException}
     */
    public Future<Channel> connect(ClientConnection client, ServerConfig server, ChannelHandler handler) {
        int most = client.route().snapshot().config().connectMaxAttempts();
        return new Search(client, server, pools.of(server).player(), most, connectTime(server), handler).begin();
    }

    /**
     * Connects to an address that can be asked something, as {@link #connect}, but counts nobody there.
     *
     * @param most how many addresses may be tried; 0 for all
     */
    public Future<Channel> ask(ClientConnection client, ServerConfig server, int most, ChannelHandler handler) {
        Duration each = connectTime(server);
        Duration longest = server.backends().size() > 1 ? QUESTION_TIME : ONLY_QUESTION_TIME;
        if (each.compareTo(longest) > 0) {
            each = longest;
        }
        return new Search(client, server, pools.of(server).question(), most, each, handler).begin();
    }

    /** What the server is told first about whose connection it is, when it is to be told. */
    public static Optional<ProxyHeader> header(ServerConfig server, ProxyHeader.Origin origin) {
        return headerVersion(server).map(version -> new ProxyHeader(version, origin));
    }

    /** In which form the server is told that, when it is. */
    public static Optional<ProxyHeader.Version> headerVersion(ServerConfig server) {
        return switch (server.sendProxyProtocol()) {
            case OFF -> Optional.empty();
            case V1 -> Optional.of(ProxyHeader.Version.V1);
            case V2 -> Optional.of(ProxyHeader.Version.V2);
        };
    }

    private static Duration connectTime(ServerConfig server) {
        return server.timeouts().connect();
    }

    /** One client on its way through the addresses of a server; on its loop. */
    private final class Search {

        private final EventLoop loop;
        private final Placement placement;
        private final Duration each;
        private final Optional<ProxyHeader> header;
        private final ChannelHandler handler;
        private final Promise<Channel> result;
        private int left;
        private @Nullable Future<Channel> attempt;
        private final ServerConfig server;
        private @Nullable Throwable failure;

        Search(
                ClientConnection client,
                ServerConfig server,
                Placement placement,
                int most,
                Duration each,
                ChannelHandler handler) {
            this.loop = client.eventLoop();
            this.header = header(server, new ProxyHeader.Origin.Client(client.ends()));
            this.placement = placement;
            this.each = each;
            this.handler = handler;
            this.left = most == 0 ? Integer.MAX_VALUE : most;
            this.result = loop.newPromise();
            this.server = server;
        }

        Future<Channel> begin() {
            var _ = result.addListener(done -> {
                Future<Channel> current = attempt;
                if (done.isCancelled() && current != null) {
                    current.cancel(false);
                }
            });
            next();
            return result;
        }

        private void next() {
            Optional<Address> address = left-- > 0 && !result.isDone() ? placement.next() : Optional.empty();
            if (address.isEmpty()) {
                placement.close();
                Throwable last = failure;
                result.tryFailure(
                        last == null
                                ? new IOException("The server " + server.id() + " has no address to connect to")
                                : last);
                return;
            }
            Future<Channel> current = connector.connect(loop, address.get().unresolved(), each, header, handler);
            attempt = current;
            var _ = current.addListener((Future<Channel> done) -> ended(done));
        }

        private void ended(Future<Channel> done) {
            if (done.isCancelled()) {
                placement.close();
            } else if (done.isSuccess()) {
                connected(done.getNow());
            } else {
                Throwable cause = done.cause();
                failure = cause;
                counters.connectFailed();
                placement.failed(String.valueOf(cause.getMessage()));
                next();
            }
        }

        private void connected(Channel channel) {
            placement.answered();
            var _ = channel.closeFuture().addListener(closed -> placement.close());
            if (!result.trySuccess(channel)) {
                var _ = channel.close();
            }
        }
    }
}
