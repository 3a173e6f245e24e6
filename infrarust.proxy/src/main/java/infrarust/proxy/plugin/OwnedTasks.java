package infrarust.proxy.plugin;

import infrarust.api.scheduler.Scheduler;
import infrarust.api.scheduler.Task;
import infrarust.api.scheduler.Work;
import infrarust.proxy.event.Deadlines;
import java.time.Duration;
import java.util.Optional;

/**
 * The scheduler as one plugin sees it: its tasks go with its scope.
 *
 * @param scope owns the tasks
 * @param clock what the delays are measured with
 */
record OwnedTasks(PluginScope scope, Deadlines clock) implements Scheduler {

    /** Shorter ones are a loop by mistake. */
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);

    @Override
    public Task run(Work work) {
        return start(Duration.ZERO, Optional.empty(), work);
    }

    @Override
    public Task after(Duration delay, Work work) {
        return start(notNegative(delay), Optional.empty(), work);
    }

    @Override
    public Task every(Duration initialDelay, Duration period, Work work) {
        if (period.compareTo(SHORTEST_PERIOD) < 0) {
            throw new IllegalArgumentException("a period is at least 1 ms, not " + period);
        }
        return start(notNegative(initialDelay), Optional.of(period), work);
    }

    private Task start(Duration delay, Optional<Duration> period, Work work) {
        var task = new OwnedTask(scope.metadata().id(), scope.logger(), clock, period, work);
        Runnable release = scope.own(() -> task::close);
        task.begin(delay, release);
        return task;
    }

    private static Duration notNegative(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay cannot be negative, as " + delay + " is");
        }
        return delay;
    }
}
