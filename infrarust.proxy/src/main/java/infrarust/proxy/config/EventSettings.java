package infrarust.proxy.config;

import java.time.Duration;

/**
 * How long listeners of plugins may take.
 *
 * @param handlerTimeout after which an awaited listener is given up; longer than zero
 * @param packetHandlerTimeout the same for asynchronous packet listeners
 * @param transportFilterTimeout after which a connection is rejected that a transport filter has not decided about; longer than zero
 */
public record EventSettings(Duration handlerTimeout, Duration packetHandlerTimeout, Duration transportFilterTimeout) {

    /** 10 s, 10 s and 5 s. */
    public static EventSettings defaults() {
        return new EventSettings(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));
    }
}
