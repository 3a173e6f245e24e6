package infrarust.api.filter;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/** A connection of which nothing is known but its ends. Any thread may ask. */
public interface TransportConnection {

    /** The other end of the socket: the client, or what stands before the proxy. */
    InetSocketAddress peer();

    /** The proxy's end of the socket. */
    InetSocketAddress local();

    /** Where the client is, when a PROXY header says so that is believed. */
    Optional<InetAddress> realAddress();

    /** Where the client is, as far as is known. */
    default InetAddress clientAddress() {
        return realAddress().orElse(peer().getAddress());
    }

    /** When the filters were first asked. */
    Instant acceptedAt();

    /** How many bytes have come from the client, without a PROXY header; counted only while somebody watches the bytes. */
    long received();

    /** How many bytes have gone to the client; counted only while somebody watches the bytes. */
    long sent();

    /** Closes it. */
    void close();
}
