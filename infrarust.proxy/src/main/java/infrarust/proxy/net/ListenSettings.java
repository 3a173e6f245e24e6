package infrarust.proxy.net;

import java.net.InetSocketAddress;

/**
 * Where and how to listen.
 *
 * @param address resolved; port 0 for any free one
 * @param reusePort whether other processes may listen on the same port ({@code SO_REUSEPORT}; ignored by NIO)
 * @param maxConnections at most this many accepted connections at a time, 0 for no limit; further ones wait in the backlog
 */
public record ListenSettings(InetSocketAddress address, boolean reusePort, int maxConnections) {}
