package infrarust.proxy.config;

import java.time.Duration;
import java.util.Locale;

/**
 * How the proxy looks by itself whether addresses are well. A server's own table stands in for the whole of
 * the proxy's, except for {@code maxConcurrent}, which is the proxy's alone.
 *
 * @param enabled whether it looks at all; where it does not, an ejected address is tried with one player's login
 * @param kind what a look consists of
 * @param unhealthyInterval time from one look at an ejected address to the next
 * @param interval the same for a healthy address
 * @param timeout how long an address may take to answer
 * @param probeHealthy whether healthy addresses are looked at; else only those with failures
 * @param maxConcurrent how many looks may be under way at a time, over all servers
 */
public record ActiveHealth(
        boolean enabled,
        Kind kind,
        Duration unhealthyInterval,
        Duration interval,
        Duration timeout,
        boolean probeHealthy,
        int maxConcurrent) {

    /** What a look consists of. */
    public enum Kind {
        /** A connection is opened and closed. */
        TCP,
        /** The server is asked for its status and must answer. */
        STATUS_PING;

        /** The spelling in the configuration. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What holds when the file says nothing. */
    public static ActiveHealth defaults() {
        return new ActiveHealth(
                true, Kind.TCP, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(3), false, 8);
    }

    /** The same, or no looking at all. */
    public ActiveHealth enabled(boolean value) {
        return new ActiveHealth(value, kind, unhealthyInterval, interval, timeout, probeHealthy, maxConcurrent);
    }
}
