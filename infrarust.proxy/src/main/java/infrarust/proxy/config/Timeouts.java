package infrarust.proxy.config;

import java.time.Duration;

/**
 * How long a backend may take.
 *
 * @param connect until the TCP connection stands
 * @param read idle limit of the backend's login
 */
public record Timeouts(Duration connect, Duration read) {

    /** 5 s, 30 s. */
    public static Timeouts defaults() {
        return new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }
}
