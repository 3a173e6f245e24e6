package infrarust.proxy.gate;

import infrarust.proxy.config.Address;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.net.BackendConnector;
import infrarust.proxy.net.Endpoints;
import infrarust.proxy.net.ProxyHeader;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Connects clients to the servers of the configuration. Any thread. */
public final class Backends {

    private final BackendConnector connector;

    /** @param connector of the network */
    public Backends(BackendConnector connector) {
        this.connector = connector;
    }

    /**
     * Connects to the first address of the server that answers, on the client's loop; as {@link BackendConnector#connect}.
     * Tries as many addresses as the configuration allows.
     */
    public Future<Channel> connect(ClientConnection client, ServerConfig server, ChannelHandler handler) {
        ProxyConfig config = client.route().snapshot().config();
        List<InetSocketAddress> addresses = addresses(server, config.connectMaxAttempts());
        return connector.connect(
                client.eventLoop(), addresses, server.timeouts().connect(), header(server, client.ends()), handler);
    }

    /**
     * What the server is told about whose connection it is, when it is to be told.
     *
     * @param ends of the client
     */
    public static Optional<ProxyHeader> header(ServerConfig server, Endpoints ends) {
        return switch (server.sendProxyProtocol()) {
            case OFF -> Optional.empty();
            case V1 -> Optional.of(new ProxyHeader(ProxyHeader.Version.V1, new ProxyHeader.Origin.Client(ends)));
            case V2 -> Optional.of(new ProxyHeader(ProxyHeader.Version.V2, new ProxyHeader.Origin.Client(ends)));
        };
    }

    /**
     * The addresses to try, in their order, not looked up.
     *
     * @param most how many at most; 0 for all
     */
    public static List<InetSocketAddress> addresses(ServerConfig server, int most) {
        return server.addresses().stream()
                .limit(most == 0 ? Integer.MAX_VALUE : most)
                .map(Address::unresolved)
                .toList();
    }
}
