package infrarust.proxy.config;

import java.time.Duration;

/**
 * How long listeners of plugins may take. All are longer than zero.
 *
 * @param handlerTimeout after which an awaited listener is given up
 * @param slowHandlerThreshold after which a listener is reported as slow
 * @param packetHandlerTimeout as handlerTimeout, for packet listeners
 * @param disconnectDeadline how long all listeners of a disconnect may take together
 */
public record EventSettings(
        Duration handlerTimeout,
        Duration slowHandlerThreshold,
        Duration packetHandlerTimeout,
        Duration disconnectDeadline) {

    /** 10 s, 1 s, 10 s, 15 s. */
    public static EventSettings defaults() {
        return new EventSettings(
                Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(15));
    }
}
