package infrarust.api.scheduler;

import java.time.Duration;

/**
 * Runs things later, each run on a virtual thread of its own. All tasks end with their plugin: none begins once it is disabled,
 * and what is under way is interrupted. Any thread may call; no method waits.
 *
 * <p>Every method throws {@link IllegalStateException} when the plugin is disabled, and {@link IllegalArgumentException} for a
 * negative delay or a period below a millisecond.
 */
public interface Scheduler {

    /** Runs once, now. */
    Task run(Work work);

    /** Runs once, after that time. */
    Task after(Duration delay, Work work);

    /**
     * Runs again and again: first after {@code initialDelay}, then each time one {@code period} after the last run has returned.
     * So runs of one task never overlap, and a slow one does not make others pile up.
     */
    Task every(Duration initialDelay, Duration period, Work work);

    /** The same, first after one period. */
    default Task every(Duration period, Work work) {
        return every(period, period, work);
    }
}
