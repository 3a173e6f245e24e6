package infrarust.proxy.routing;

import java.time.Duration;

/** A clock that moves only when a test says so; begins near the overflow, as {@link System#nanoTime} may. */
final class FakeClock {

    private long nanos = Long.MAX_VALUE - 5;

    long nanoTime() {
        return nanos;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    void pass(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }
}
