package infrarust.proxy.config;

import java.time.Duration;

/**
 * How long the two ends of a player's connection may take.
 *
 * @param connect until the TCP connection to a backend stands
 * @param read how long a backend may be silent while it lets a player in, and both it and the player once the player is in.
 *     Servers and clients that are well say something at least each 15 s, and give each other up after 30 s too; where mods have
 *     raised their time, because clients with many of them stop for longer while they load, this has to be raised as well. In the
 *     modes that only forward, it ends connections on which nothing moves in either direction
 * @param write how long a peer may take nothing of what waits for it, or so little that it only pretends to read
 */
public record Timeouts(Duration connect, Duration read, Duration write) {

    /** 5 s, 30 s, 30 s. */
    public static Timeouts defaults() {
        return new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30));
    }
}
