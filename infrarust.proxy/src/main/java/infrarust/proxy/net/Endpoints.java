package infrarust.proxy.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The two ends of a client's connection, as the client sees them: behind a load balancer that says so, these are not the ends
 * of the socket.
 *
 * @param client where the client is; resolved
 * @param proxy where the client connected to; resolved
 */
public record Endpoints(InetSocketAddress client, InetSocketAddress proxy) {

    /** Those of the socket; empty when it has closed already. */
    public static Optional<Endpoints> of(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                        && channel.localAddress() instanceof InetSocketAddress local
                ? Optional.of(new Endpoints(remote, local))
                : Optional.empty();
    }
}
