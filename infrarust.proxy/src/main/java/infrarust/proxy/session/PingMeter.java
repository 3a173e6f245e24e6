package infrarust.proxy.session;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long a client takes to answer that it is there. Whoever asks it is of no interest: only the last question counts. Told by the
 * client's loop; any thread may ask.
 */
final class PingMeter {

    private static final long UNKNOWN = -1;

    private final LongSupplier nanoTime;
    private long asked;
    private long askedAt;
    private boolean waiting;
    private volatile long last = UNKNOWN;

    PingMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The client is asked. */
    void asked(long id) {
        asked = id;
        askedAt = nanoTime.getAsLong();
        waiting = true;
    }

    /** The client has answered. */
    void answered(long id) {
        if (waiting && id == asked) {
            waiting = false;
            last = Math.max(0, nanoTime.getAsLong() - askedAt);
        }
    }

    /** The last answer's time; empty before the first. */
    Optional<Duration> last() {
        long nanos = last;
        return nanos == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }
}
