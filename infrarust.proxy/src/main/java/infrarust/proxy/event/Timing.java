package infrarust.proxy.event;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts how long the listeners of one plugin take for one event. Any thread; knows the event by its name only. */
final class Timing {

    private final String owner;
    private final String event;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final AtomicLong slow = new AtomicLong();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);

    /**
     * @param owner a plugin's id
     * @param event the full name of the event's class
     */
    record Key(String owner, String event) {

        // Every start asks for one, and the generated methods are linked at their first use, milliseconds each while
        // cold.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && owner.equals(key.owner) && event.equals(key.event);
        }

        @Override
        public int hashCode() {
            return 31 * owner.hashCode() + event.hashCode();
        }
    }

    Timing(String owner, Class<?> event) {
        this.owner = owner;
        this.event = event.getSimpleName();
    }

    /** A listener has dealt with an event, or failed. */
    void ended(long took, boolean hasFailed) {
        calls.increment();
        nanos.add(took);
        slowest.accumulate(took);
        if (hasFailed) {
            failed.increment();
        }
    }

    /** A listener has missed its deadline. */
    void late(long took) {
        ended(took, false);
        late.increment();
    }

    /** A listener is busy for long. Answers how often that was so, this time included. */
    long slow() {
        return slow.incrementAndGet();
    }

    ListenerReport report() {
        return new ListenerReport(
                owner,
                event,
                calls.sum(),
                failed.sum(),
                late.sum(),
                slow.get(),
                Duration.ofNanos(slowest.get()),
                Duration.ofNanos(nanos.sum()));
    }
}
