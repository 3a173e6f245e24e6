package infrarust.proxy.config;

import java.time.Duration;

/**
 * How many logins and pings one address may start.
 *
 * @param enabled false: the other values have no effect
 * @param maxConnections logins per window
 * @param window over which logins are counted
 * @param statusMax pings per window
 * @param statusWindow over which pings are counted
 */
public record RateLimit(boolean enabled, int maxConnections, Duration window, int statusMax, Duration statusWindow) {

    /** Switched off. */
    public static RateLimit defaults() {
        return new RateLimit(false, 3, Duration.ofSeconds(10), 300, Duration.ofSeconds(10));
    }

    /** For the log, as {@code 3 logins in 10s, 300 pings in 10s}. */
    public String summary() {
        return maxConnections + " logins in " + DurationText.format(window) + ", " + statusMax + " pings in "
                + DurationText.format(statusWindow);
    }
}
