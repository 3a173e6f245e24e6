package infrarust.api.event;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A client asks for the status, and the answer is known: the server's own, one that is held of it, or one of the proxy. The result is
 * the answer that the client gets. What a server has said beside, such as the lists of mods, stays in the answer whatever
 * is changed. Fired on every mode; anyone may ping, so a listener should be quick.
 */
public final class ProxyPingEvent implements ResultedEvent<PingResponse> {

    private final InetSocketAddress remoteAddress;
    private final Optional<String> host;
    private final Optional<String> server;
    private final int protocolVersion;
    private final boolean legacy;
    private volatile PingResponse response;

    /** For the proxy. */
    public ProxyPingEvent(
            InetSocketAddress remoteAddress,
            Optional<String> host,
            Optional<String> server,
            int protocolVersion,
            boolean legacy,
            PingResponse response) {
        this.remoteAddress = remoteAddress;
        this.host = host;
        this.server = server;
        this.protocolVersion = protocolVersion;
        this.legacy = legacy;
        this.response = response;
    }

    /** Where the client is, or where a trusted proxy before us says that it is. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** The host name that the client dialled, as the routing sees it; empty for clients before 1.6, which do not say it. */
    public Optional<String> host() {
        return host;
    }

    /** The id of the server that the host name leads to, if to any. */
    public Optional<String> server() {
        return server;
    }

    /** The protocol number that the client speaks; -1 for clients before 1.6. Those of 1.6 count otherwise: 73 to 78. */
    public int protocolVersion() {
        return protocolVersion;
    }

    /** Whether the client is one before 1.7: it shows neither the image nor the sample, and colours only since 1.4. */
    public boolean isLegacy() {
        return legacy;
    }

    /** The answer so far. */
    @Override
    public PingResponse result() {
        return response;
    }

    @Override
    public void setResult(PingResponse response) {
        this.response = response;
    }
}
