package infrarust.proxy.forward;

import infrarust.proxy.config.DomainRewrite;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.filter.TransportFilters;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.gate.JoinHandler;
import infrarust.proxy.net.ReceiveBuffer;
import infrarust.proxy.net.Relay;
import infrarust.proxy.net.Vigil;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.text.PlainText;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code passthrough}, {@code server_only} and {@code zero_copy}: connects to the server, replays the client's bytes as they came, and
 * then only relays, for {@code zero_copy} inside the kernel where the system can do that. A server that cannot be reached is told to the client as a login disconnect.
 */
public final class Forwarding implements JoinHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final Backends backends;
    private final AtomicBoolean toldOfWatchers = new AtomicBoolean();

    /** @param backends how servers are reached */
    public Forwarding(Backends backends) {
        this.backends = backends;
    }

    @Override
    public void handle(ClientConnection client) {
        ServerConfig server = client.route().server().orElseThrow();
        client.noDeadline();
        var waiting = new Waiting(client, server);
        if (server.domainRewrite() instanceof DomainRewrite.None) {
            client.handOverFromStart(waiting);
        } else {
            Handshake rewritten = client.handshakeFor(server);
            waiting.replay(
                    Frames.frame(Handshake.LAYOUT.encode(client.channel().alloc(), client.packetIds(), rewritten)));
            client.handOver(waiting);
        }
        waiting.connect(backends);
    }

    /** Keeps what the client has sent while the backend is being connected. */
    private final class Waiting extends ChannelInboundHandlerAdapter {

        private final ClientConnection client;
        private final ServerConfig server;
        private final Queue<ByteBuf> replay = new ArrayDeque<>();
        private @Nullable Future<Channel> connecting;

        Waiting(ClientConnection client, ServerConfig server) {
            this.client = client;
            this.server = server;
        }

        void replay(ByteBuf bytes) {
            replay.add(bytes);
        }

        void connect(Backends backends) {
            Channel own = client.channel();
            Future<Channel> attempt = backends.connect(client, server, Relay.to(own, client.scope()));
            connecting = attempt;
            var _ = attempt.addListener((Future<Channel> done) -> {
                if (done.isSuccess()) {
                    relay(own, done.getNow());
                } else if (own.isActive()) {
                    client.refused(Refusal.SERVER_UNAVAILABLE);
                    client.refuse(PlainText.parse(server.disconnectMessage("")));
                }
            });
        }

        private void relay(Channel own, Channel backend) {
            if (!own.isActive()) {
                var _ = backend.close();
                return;
            }
            for (ByteBuf bytes = replay.poll(); bytes != null; bytes = replay.poll()) {
                var _ = backend.write(bytes, backend.voidPromise());
            }
            backend.flush();
            own.pipeline().replace(this, null, Relay.to(backend, client.scope()));
            var watch = new Relay.Watch(
                    new Vigil.Patience(
                            server.timeouts().read(), server.timeouts().write()),
                    (stalled, fault) -> client.refused(
                            switch (fault) {
                                case SILENT -> Refusal.SILENT;
                                case NOT_READING -> stalled.equals(own) ? Refusal.NOT_READING : Refusal.SERVER_STALLED;
                            }));
            Relay.watch(own, backend, watch);
            if (server.proxyMode() == ProxyMode.ZERO_COPY) {
                splice(own, backend, watch);
            }
            ReceiveBuffer.readLarge(own);
            own.config().setAutoRead(true);
        }

        private void splice(Channel own, Channel backend, Relay.Watch watch) {
            if (TransportFilters.wantsData(own)) {
                if (toldOfWatchers.compareAndSet(false, true)) {
                    LOG.info(
                            "zero_copy: a transport filter of a plugin wants the bytes of connections, so those go through"
                                    + " the proxy's memory and not inside the kernel");
                }
                return;
            }
            // Behind the connector, which turns reading on when this returns.
            own.eventLoop().execute(() -> Relay.splice(own, backend, client.scope(), watch));
        }

        /**
         * What came with the handshake, and at most one small read behind it. Reading goes on until then, as there is
         * nothing to read as a rule, and turning it off and on costs two system calls.
         */
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            replay.add((ByteBuf) message);
            if (connecting != null) {
                ctx.channel().config().setAutoRead(false);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                // A client that has nothing more to say before it has logged in has left.
                client.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (connecting != null) {
                connecting.cancel(false);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            replay.forEach(ByteBuf::release);
            replay.clear();
        }

        /** The connection broke while it waited; its end is all there is to say. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            client.close();
        }
    }
}
