package infrarust.nativeplugins.antibot;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast players may come, all together: a token bucket. Any thread. */
final class JoinRate {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perNano;
    private final double burst;
    private final long attackNanos;
    private final LongSupplier nanos;
    private double tokens;
    private long filledAt;
    private boolean overrun;
    private long overrunAt;

    JoinRate(long perSecond, long burst, Duration attackLasts, LongSupplier nanos) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.burst = burst;
        this.attackNanos = attackLasts.toNanos();
        this.nanos = nanos;
        this.tokens = burst;
        this.filledAt = nanos.getAsLong();
    }

    /** Whether one more may come now. */
    synchronized boolean admits() {
        long now = nanos.getAsLong();
        tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens < 1) {
            overrun = true;
            overrunAt = now;
            return false;
        }
        tokens--;
        return true;
    }

    /** Whether somebody came too fast a short while ago. */
    synchronized boolean isAttack() {
        return overrun && nanos.getAsLong() - overrunAt < attackNanos;
    }
}
