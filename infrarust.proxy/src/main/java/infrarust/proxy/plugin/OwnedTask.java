package infrarust.proxy.plugin;

import infrarust.api.scheduler.Task;
import infrarust.api.scheduler.Work;
import infrarust.proxy.event.Deadlines;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One task of a plugin. At most one run of it waits or is under way. Any thread. */
final class OwnedTask implements Task {

    private final String plugin;
    private final Logger logger;
    private final Deadlines clock;
    private final Optional<Duration> period;

    /** Guards the rest; never held while the work runs. */
    private final Object lock = new Object();

    private @Nullable Work work;
    private Deadlines.@Nullable Pending waiting;
    private @Nullable Thread running;
    private Runnable release = () -> {};

    OwnedTask(String plugin, Logger logger, Deadlines clock, Optional<Duration> period, Work work) {
        this.plugin = plugin;
        this.logger = logger;
        this.clock = clock;
        this.period = period;
        this.work = work;
    }

    /**
     * Begins to wait.
     *
     * @param onEnd takes the task out of its plugin's scope
     */
    void begin(Duration delay, Runnable onEnd) {
        synchronized (lock) {
            release = onEnd;
        }
        if (delay.isZero()) {
            start();
        } else {
            waitFor(delay);
        }
    }

    private void waitFor(Duration delay) {
        synchronized (lock) {
            if (work != null) {
                waiting = clock.after(delay, this::start);
            }
        }
    }

    private void start() {
        synchronized (lock) {
            waiting = null;
            if (work == null) {
                return;
            }
            running = Thread.ofVirtual().name("task-" + plugin).unstarted(this::run);
            running.start();
        }
    }

    private void run() {
        Work now;
        synchronized (lock) {
            now = work;
        }
        try {
            if (now != null) {
                now.run();
            }
        } catch (InterruptedException stopped) {
            // Its plugin is disabled, or the work was interrupted by somebody who knows why.
        } catch (Throwable failure) { // foreign code, whose failure must not end the task
            logger.error("plugin '{}': a task of it has failed", plugin, failure);
        }
        boolean over;
        synchronized (lock) {
            running = null;
            over = work == null || period.isEmpty();
        }
        if (over) {
            cancel();
        } else {
            waitFor(period.orElseThrow());
        }
    }

    @Override
    public void cancel() {
        Runnable left = () -> {};
        synchronized (lock) {
            forget();
            if (running == null) { // else the scope keeps it until the run has returned, to interrupt it
                left = release;
                release = () -> {};
            }
        }
        left.run();
    }

    @Override
    public boolean hasEnded() {
        synchronized (lock) {
            return work == null;
        }
    }

    /** Ends it and what is under way: its plugin is gone. */
    void close() {
        synchronized (lock) {
            if (running != null) {
                running.interrupt();
            }
            forget();
        }
    }

    private void forget() {
        work = null;
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
    }
}
