package infrarust.proxy.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Opens connections to backends. */
public interface BackendConnector {

    /**
     * As {@link #connect(EventLoop, List, Duration, Optional, ChannelHandler)}, without a header.
     */
    default Future<Channel> connect(
            EventLoop loop, List<InetSocketAddress> addresses, Duration timeout, ChannelHandler handler) {
        return connect(loop, addresses, timeout, Optional.empty(), handler);
    }

    /**
     * Connects to the first address that answers. Names are looked up without blocking the loop, and every address of a name
     * is tried, in order.
     *
     * @param loop the event loop of the new channel, which is the client's own
     * @param addresses in the order to try; names may be unresolved
     * @param timeout for each attempt
     * @param header written before anything else; it leaves with the first flush
     * @param handler put into the new channel's pipeline once it is connected; half-close is allowed
     *     ({@code ChannelInputShutdownEvent}), reading is on
     * @return completes on the loop; fails with an {@link java.io.IOException} that names the last address and what was wrong
     */
    Future<Channel> connect(
            EventLoop loop,
            List<InetSocketAddress> addresses,
            Duration timeout,
            Optional<ProxyHeader> header,
            ChannelHandler handler);
}
