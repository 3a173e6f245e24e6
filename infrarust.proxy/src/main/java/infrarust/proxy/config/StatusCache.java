package infrarust.proxy.config;

import java.time.Duration;

/**
 * How long answers of backends to status pings are reused.
 *
 * @param ttl zero for no reuse
 * @param maxEntries at most this many answers are held, at least 1
 */
public record StatusCache(Duration ttl, int maxEntries) {

    /** Five seconds, a thousand answers. */
    public static StatusCache defaults() {
        return new StatusCache(Duration.ofSeconds(5), 1000);
    }
}
