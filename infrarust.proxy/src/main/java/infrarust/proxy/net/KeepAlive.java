package infrarust.proxy.net;

import java.time.Duration;

/**
 * The probes by which the system finds out that a silent peer is gone ({@code tcp(7)}: {@code TCP_KEEPIDLE}, {@code
 * TCP_KEEPINTVL}, {@code TCP_KEEPCNT}).
 *
 * @param idle silence before the first probe, whole seconds
 * @param interval between probes, whole seconds
 * @param probes how many go unanswered before the connection is closed
 */
public record KeepAlive(Duration idle, Duration interval, int probes) {

    /** First probe after 30 s, then each 10 s, three times. */
    public static KeepAlive defaults() {
        return new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(10), 3);
    }
}
