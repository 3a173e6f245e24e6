package infrarust.proxy.status;

import infrarust.proxy.config.ActiveHealth;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.net.BackendConnector;
import infrarust.proxy.net.LoopScope;
import infrarust.proxy.net.ProxyHeader;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.routing.Probe;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks whether an address takes connections, or also whether the server behind it answers a ping. Only the thread of the
 * scope's loop may use it.
 */
public final class BackendProbe implements Probe {

    /** As pingers without a version have it. */
    private static final int NO_VERSION = -1;

    private final LoopScope scope;
    private final PacketTable packets;
    private final BackendConnector connector;

    /**
     * @param scope of the loop that does the work
     * @param packets ids of all versions
     * @param connector of the same network
     */
    public BackendProbe(LoopScope scope, PacketTable packets, BackendConnector connector) {
        this.scope = scope;
        this.packets = packets;
        this.connector = connector;
    }

    @Override
    public void look(ServerConfig server, Address address, Consumer<Optional<String>> outcome) {
        if (server.activeHealth().kind() == ActiveHealth.Kind.STATUS_PING) {
            ping(server, address, outcome);
        } else {
            var _ = connect(server, address, Optional.empty(), new ChannelInboundHandlerAdapter())
                    .addListener((Future<Channel> connected) -> {
                        if (connected.isSuccess()) {
                            var _ = connected.getNow().close();
                            outcome.accept(Optional.empty());
                        } else {
                            outcome.accept(why(connected));
                        }
                    });
        }
    }

    private Future<Channel> connect(
            ServerConfig server, Address address, Optional<ProxyHeader> header, ChannelHandler handler) {
        return connector.connect(
                scope.loop(), address.unresolved(), server.activeHealth().timeout(), header, handler);
    }

    private static Optional<String> why(Future<Channel> connected) {
        return Optional.of(String.valueOf(connected.cause().getMessage()));
    }

    private void ping(ServerConfig server, Address address, Consumer<Optional<String>> outcome) {
        var plain = new Handshake(NO_VERSION, address.host(), address.port(), Handshake.STATUS);
        Handshake asked = ClientConnection.rewritten(plain, server);
        var look = new Object() {
            Optional<String> wrong = Optional.of("it takes connections but does not answer pings");
        };
        new BackendPing(scope, packets, asked, json -> outcome.accept(json == null ? look.wrong : Optional.empty()))
                .start(server.activeHealth().timeout(), handler -> {
                    Future<Channel> connecting =
                            connect(server, address, Backends.header(server, new ProxyHeader.Origin.Own()), handler);
                    var _ = connecting.addListener((Future<Channel> connected) -> {
                        if (!connected.isSuccess()) {
                            look.wrong = connected.isCancelled() // by the deadline of the ping, which is as long
                                    ? Optional.of("no connection within "
                                            + server.activeHealth().timeout().toMillis() + " ms")
                                    : why(connected);
                        }
                    });
                    return connecting;
                });
    }
}
