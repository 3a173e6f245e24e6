package infrarust.proxy.gate;

import infrarust.proxy.config.Address;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.net.BackendConnector;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;

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
        int attempts = config.connectMaxAttempts() == 0 ? Integer.MAX_VALUE : config.connectMaxAttempts();
        List<InetSocketAddress> addresses = server.addresses().stream()
                .limit(attempts)
                .map(Address::unresolved)
                .toList();
        return connector.connect(
                client.eventLoop(), addresses, server.timeouts().connect(), handler);
    }
}
