package infrarust.proxy.wasm;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Lets one log line through, then none for a while, and counts those in between. Any thread may use it. */
public final class QuietPeriod {

    private final long nanos;
    private final LongSupplier nanoTime;
    private boolean begun;
    private long last;
    private long suppressed;

    /**
     * @param length of the time after a line in which no other is written
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public QuietPeriod(Duration length, LongSupplier nanoTime) {
        this.nanos = length.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Asks for a line: how many were not written since the last one, or empty if this one is not to be written either. */
    public synchronized OptionalLong line() {
        long now = nanoTime.getAsLong();
        if (begun && now - last < nanos) {
            suppressed++;
            return OptionalLong.empty();
        }
        long skipped = suppressed;
        begun = true;
        last = now;
        suppressed = 0;
        return OptionalLong.of(skipped);
    }
}
