package infrarust.proxy.routing;

import java.time.Duration;

/**
 * Decides from the failures of one address when it is left out, and when it may show that it has recovered:
 * three failures in a row within ten seconds leave it out for half a minute, and each further time for twice as long, up to
 * five minutes. An address that goes up and down has to stay away for a while before a success counts, so that the log and
 * the players see little of it; once it has been well for as long as the longest time, that is forgotten.
 *
 * <p>Arithmetic on a clock as {@link System#nanoTime}. For one thread at a time.
 */
final class Ejection {

    /** So many failures in a row leave an address out … */
    static final int FAILURES = 3;
    /** … when they come within this time. */
    static final Duration WINDOW = Duration.ofSeconds(10);
    /** The first time out. */
    static final Duration BASE = Duration.ofSeconds(30);
    /** The longest time out. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final long[] failures = new long[FAILURES];
    /** Failures since the last success. */
    private int inARow;

    private long lastFailure;
    private int total;
    private boolean everFailed;
    private boolean out;
    private long since;
    /** Outages that followed each other closely, this one included. */
    private int outages;
    /** Trials that failed in this outage. */
    private int failedTrials;

    private long trialAt;
    private long successCountsAt;

    /** Whether the address is left out. */
    boolean isOut() {
        return out;
    }

    /** Whether there have been failures too recent to be sure that the address is well. */
    boolean isSuspect(long now) {
        return !out && inARow > 0 && now - lastFailure <= WINDOW.toNanos();
    }

    /** Whether it is left out, and it is time to try it. */
    boolean isTrialDue(long now) {
        return out && now - trialAt >= 0;
    }

    /** How often it has been left out in all. */
    int total() {
        return total;
    }

    /** Whether it has ever failed; {@link #lastFailure} is the time then. */
    boolean hasFailed() {
        return everFailed;
    }

    long lastFailure() {
        return lastFailure;
    }

    /** The address did not answer; true when that leaves it out from now on. */
    boolean failed(long now) {
        lastFailure = now;
        everFailed = true;
        if (out) {
            if (isTrialDue(now)) {
                failedTrials++;
                trialAt = now + time(outages - 1 + failedTrials);
            }
            return false;
        }
        failures[inARow % FAILURES] = now;
        inARow++;
        long oldest = failures[inARow % FAILURES];
        if (inARow < FAILURES || now - oldest > WINDOW.toNanos()) {
            return false;
        }
        leaveOut(now);
        return true;
    }

    private void leaveOut(long now) {
        if (total > 0 && now - since >= LONGEST.toNanos()) {
            outages = 0;
        }
        outages++;
        total++;
        out = true;
        since = now;
        failedTrials = 0;
        trialAt = now + time(outages - 1);
        successCountsAt = outages == 1 ? now : now + time(outages - 2);
    }

    /** The address answered; true when that brings it back. */
    boolean succeeded(long now) {
        inARow = 0;
        if (!out || now - successCountsAt < 0) {
            return false;
        }
        out = false;
        since = now;
        return true;
    }

    /** Begins anew; true when that brings the address back. How often and when it failed stays known. */
    boolean reset(long now) {
        boolean back = out;
        inARow = 0;
        outages = 0;
        out = false;
        if (back) {
            since = now;
        }
        return back;
    }

    /** How long it has been out, or back; what that is before the first outage means nothing. */
    long nanosSince(long now) {
        return now - since;
    }

    private static long time(int doublings) {
        // Five doublings are beyond the longest time; more would overflow one day.
        return Math.min(LONGEST.toNanos(), BASE.toNanos() << Math.min(doublings, 5));
    }
}
