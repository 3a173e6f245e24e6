package infrarust.proxy.config;

import java.time.Duration;

/**
 * The probes of TCP on both sides of the proxy.
 *
 * @param time idle time before the first probe, whole seconds
 * @param interval time between probes, whole seconds
 * @param retries lost probes after which the connection is dead
 */
public record TcpKeepalive(Duration time, Duration interval, int retries) {

    /** First probe after 30 s, then each 10 s, three times. */
    public static TcpKeepalive defaults() {
        return new TcpKeepalive(Duration.ofSeconds(30), Duration.ofSeconds(10), 3);
    }
}
