package infrarust.proxy.filter;

import infrarust.api.filter.TransportConnection;
import infrarust.proxy.net.Endpoints;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A connection as transport filters see it. Any thread; only the loop counts. */
final class RawConnection implements TransportConnection {

    private final Channel channel;
    private final Endpoints socket;
    private final Endpoints ends;
    private final Instant acceptedAt = Instant.now();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    RawConnection(Channel channel, Endpoints socket, Endpoints ends) {
        this.channel = channel;
        this.socket = socket;
        this.ends = ends;
    }

    Channel channel() {
        return channel;
    }

    void receives(int bytes) {
        received.lazySet(received.get() + bytes);
    }

    void sends(int bytes) {
        sent.lazySet(sent.get() + bytes);
    }

    @Override
    public InetSocketAddress peer() {
        return socket.client();
    }

    @Override
    public InetSocketAddress local() {
        return socket.proxy();
    }

    @Override
    public Optional<InetAddress> realAddress() {
        return ends.equals(socket)
                ? Optional.empty()
                : Optional.of(ends.client().getAddress());
    }

    @Override
    public Instant acceptedAt() {
        return acceptedAt;
    }

    @Override
    public long received() {
        return received.get();
    }

    @Override
    public long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        var _ = channel.close();
    }

    @Override
    public String toString() {
        return "connection of " + ends.client();
    }
}
