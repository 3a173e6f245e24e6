package infrarust.proxy.net;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** A channel without a socket that has addresses all the same. */
public final class AddressedChannel extends EmbeddedChannel {

    /** Where the proxy listens. */
    public static final InetSocketAddress PROXY = new InetSocketAddress("192.0.2.1", 25565);

    private final InetSocketAddress remote;

    /** Connected from a port of 10.0.0.1. */
    public AddressedChannel() {
        this("10.0.0.1");
    }

    /** Connected from port 40000 of that address. */
    public AddressedChannel(String address) {
        remote = new InetSocketAddress(address, 40000);
        super();
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected SocketAddress localAddress0() {
        return PROXY;
    }

    public Endpoints ends() {
        return new Endpoints(remote, PROXY);
    }
}
