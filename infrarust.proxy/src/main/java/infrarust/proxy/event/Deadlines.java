package infrarust.proxy.event;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs things after a while, so that everything that waits can have a deadline and tests can own the clock. */
public interface Deadlines {

    /**
     * Runs {@code action} once after {@code delay}, on a thread of this clock; it must be short and must not throw. Any
     * thread may call.
     */
    Pending after(Duration delay, Runnable action);

    /** The time of this clock, as {@link System#nanoTime}. Any thread. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** An action that has not run yet. */
    interface Pending {

        /** Calls it off, if it has not begun. Any thread may call. */
        void cancel();
    }

    /** A clock of real time. Its one thread is a daemon and stops when the clock is closed. */
    static RealTime realTime() {
        return new RealTime();
    }

    /** Real time, by one daemon thread. */
    final class RealTime implements Deadlines, AutoCloseable {

        private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());

        private RealTime() {
            // Nearly every deadline is called off; without this they would stay in memory until they are due.
            executor.setRemoveOnCancelPolicy(true);
        }

        @Override
        public Pending after(Duration delay, Runnable action) {
            var future = executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
