package infrarust.proxy.wasm.contract023;

import infrarust.api.scheduler.Task;
import infrarust.api.scheduler.Work;
import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.CallOutcome;
import infrarust.proxy.wasm.GuestHost;
import infrarust.wasm.component.bind.Unit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Serves {@link Scheduler}. A run of a task ends with the guest's call, so a task that repeats has at most one call waiting,
 * however slow the plugin is.
 */
final class SchedulerHost implements Scheduler {

    private static final int MAX_TASKS = 1024;

    /** As good as never, and still a number of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final GuestHost host;
    private final Supplier<Guest> guest;

    /** Used on the actor's thread only. */
    private final Map<Long, Task> tasks = new HashMap<>();

    private long lastHandle;

    SchedulerHost(GuestHost host, Supplier<Guest> guest) {
        this.host = host;
        this.guest = guest;
    }

    @Override
    public long delay(long afterMs, long callbackId) {
        return add("scheduler.delay", () -> host.plugin().scheduler().after(time(afterMs), work(callbackId)));
    }

    @Override
    public long interval(long periodMs, long callbackId) {
        Duration period = periodMs == 0 ? Duration.ofMillis(1) : time(periodMs);
        return add("scheduler.interval", () -> host.plugin().scheduler().every(period, work(callbackId)));
    }

    @Override
    public void cancel(long handle) {
        if (host.gate().allows(Capability.SCHEDULER, "scheduler.cancel")) {
            Task task = tasks.remove(handle);
            if (task != null) {
                task.cancel();
            }
        }
    }

    private long add(String call, Supplier<Task> start) {
        if (!host.gate().allows(Capability.SCHEDULER, call)) {
            return 0;
        }
        if (tasks.size() >= MAX_TASKS) {
            tasks.values().removeIf(Task::hasEnded);
        }
        if (tasks.size() >= MAX_TASKS) {
            host.logger().warn("a task is not scheduled: a plugin may have {}", MAX_TASKS);
            return 0;
        }
        try {
            tasks.put(lastHandle + 1, start.get());
            return ++lastHandle;
        } catch (IllegalStateException disabled) {
            host.logger().warn("a task is not scheduled: {}", disabled.getMessage());
            return 0;
        }
    }

    private Work work(long callbackId) {
        return () -> {
            var call = host.actor().call("on-scheduled-task", host.limits().callback(), () -> {
                guest.get().onScheduledTask(callbackId);
                return Unit.UNIT;
            });
            try {
                if (call.get() instanceof CallOutcome.Unanswered<Unit>(String reason)) {
                    host.logger().warn("a task did not run: {}", reason);
                }
            } catch (InterruptedException disabled) {
                call.cancel(false);
                Thread.currentThread().interrupt();
            }
        };
    }

    /** From an unsigned number of milliseconds. */
    private static Duration time(long millis) {
        return millis < 0 || millis > LONGEST.toMillis() ? LONGEST : Duration.ofMillis(millis);
    }
}
