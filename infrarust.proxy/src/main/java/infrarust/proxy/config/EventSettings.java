package infrarust.proxy.config;

import java.time.Duration;

/**
 * How long listeners of plugins may take.
 *
 * @param handlerTimeout after which an awaited listener is given up; longer than zero
 */
public record EventSettings(Duration handlerTimeout) {

    /** 10 s. */
    public static EventSettings defaults() {
        return new EventSettings(Duration.ofSeconds(10));
    }
}
