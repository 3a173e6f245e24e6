package infrarust.proxy.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Opens connections to backends. */
public interface BackendConnector {

    /**
     * Connects. A name is looked up now, without blocking the loop; when it has several addresses, of one family or both, they
     * are tried as RFC 8305 says ("happy eyeballs"): one after the other, the next one also when the one before has not answered
     * within a moment, and the first that answers is taken.
     *
     * @param loop the event loop of the new channel, which is the client's own
     * @param address may be unresolved
     * @param timeout for all of it, the look-up included
     * @param header written before anything else; it leaves with the first flush
     * @param handler put into the new channel's pipeline once it is connected; half-close is allowed
     *     ({@code ChannelInputShutdownEvent}), reading is on
     * @return completes on the loop; fails with an {@link java.io.IOException} that names the address and what was wrong;
     *     cancelling it ends the attempts
     */
    Future<Channel> connect(
            EventLoop loop,
            InetSocketAddress address,
            Duration timeout,
            Optional<ProxyHeader> header,
            ChannelHandler handler);

    /** As {@link #connect(EventLoop, InetSocketAddress, Duration, Optional, ChannelHandler)}, without a header. */
    default Future<Channel> connect(
            EventLoop loop, InetSocketAddress address, Duration timeout, ChannelHandler handler) {
        return connect(loop, address, timeout, Optional.empty(), handler);
    }
}
