package infrarust.proxy.ban;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets. */
final class SetClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-12-01T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }
}
