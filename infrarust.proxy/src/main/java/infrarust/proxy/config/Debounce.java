package infrarust.proxy.config;

import java.time.Duration;

/**
 * When to look at files that change in bursts: once nothing has changed for a moment, but after a bound in any case. Arithmetic
 * on a clock as {@link System#nanoTime}. For one thread.
 */
final class Debounce {

    /** So long nothing has to change. Editors and {@code kubectl} are done with one save well within it. */
    static final Duration QUIET = Duration.ofMillis(300);

    /** After so long it is time, however often there were changes. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    private boolean pending;
    private long first;
    private long last;

    /** Something has changed. */
    void changed(long now) {
        if (!pending) {
            pending = true;
            first = now;
        }
        last = now;
    }

    /** Whether there were changes that nobody has looked at. */
    boolean isPending() {
        return pending;
    }

    /** How many nanoseconds it is until somebody should look; 0 when it is time. Only while changes are pending. */
    long nanosLeft(long now) {
        long untilQuiet = QUIET.toNanos() - (now - last);
        long untilLongest = LONGEST.toNanos() - (now - first);
        return Math.max(0, Math.min(untilQuiet, untilLongest));
    }

    /** Somebody looks now. */
    void begin() {
        pending = false;
    }
}
