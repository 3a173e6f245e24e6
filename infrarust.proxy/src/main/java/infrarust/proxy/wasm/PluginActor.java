package infrarust.proxy.wasm;

import infrarust.proxy.event.Deadlines;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.proxy.wasm.CallOutcome.Answered;
import infrarust.proxy.wasm.CallOutcome.Unanswered;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.wasi.WasiExit;
import infrarust.wasm.spi.CoreLinkException;
import infrarust.wasm.spi.CoreTrap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that calls a plugin's instance. Calls wait in a bounded queue, first come first served; each has a deadline
 * that covers waiting and running. A call that waits past it is skipped; one that runs past it is answered for at once and
 * stopped.
 *
 * <p>A trap is a fault: the instance is gone, and every later call is answered at once without it. Nothing brings a faulted
 * plugin back yet.
 *
 * <p>The thread is a platform thread: a guest that computes never yields, so on a virtual thread it would keep one of the few
 * carrier threads from every event listener of the proxy.
 */
public final class PluginActor implements AutoCloseable {

    /** How often an overdue call that has not ended yet is stopped again: it may have been between two guest calls. */
    private static final Duration STOP_AGAIN = Duration.ofMillis(50);

    /** Room for the guest's own recursion; the engine runs it on this stack. */
    private static final long STACK_BYTES = 8L << 20;

    private static final String STOPPED = "the plugin is stopped";

    private final String plugin;
    private final Deadlines deadlines;
    private final Consumer<Fault> onFault;
    private final BlockingQueue<Job<?>> queue;
    private final Thread thread;

    /** Guards {@link #current} and the interrupt flag that goes with it. */
    private final Object turn = new Object();

    private @Nullable Job<?> current;
    private volatile @Nullable GuestInstance instance;
    private volatile @Nullable String gone;

    /**
     * Why a plugin is out of order.
     *
     * @param call the call that failed
     * @param cause in one line
     */
    public record Fault(String call, String cause) {}

    private static final class Job<T> {
        private final String name;
        private final Callable<T> body;
        private final CompletableFuture<CallOutcome<T>> answer = new CompletableFuture<>();
        private final long endsAt;
        private Deadlines.@Nullable Pending deadline;

        Job(String name, Duration limit, Callable<T> body) {
            this.name = name;
            this.endsAt = System.nanoTime() + limit.toNanos();
            this.body = body;
        }

        void unanswered(String reason) {
            answer.complete(new Unanswered<>(reason));
        }

        void stopClock() {
            if (deadline != null) {
                deadline.cancel();
            }
        }
    }

    /**
     * Starts the thread.
     *
     * @param plugin for the thread's name
     * @param queueCapacity how many calls may wait, at least 1
     * @param onFault told once, on the actor's thread, when the plugin has failed
     */
    public PluginActor(String plugin, int queueCapacity, Deadlines deadlines, Consumer<Fault> onFault) {
        this.plugin = plugin;
        this.deadlines = deadlines;
        this.onFault = onFault;
        this.queue = new ArrayBlockingQueue<>(queueCapacity);
        this.thread = new Thread(null, this::serve, "plugin-" + plugin, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Queues a call. Any thread may ask; nothing waits.
     *
     * @param name the contract's name of the call, for logs
     * @param limit how long it may take, waiting included
     * @param body runs on the actor's thread
     * @return completes exactly once, never with an exception, on the actor's thread or on that of the clock; to cancel it
     *     skips a call that still waits
     */
    public <T> CompletableFuture<CallOutcome<T>> call(String name, Duration limit, Callable<T> body) {
        var job = new Job<>(name, limit, body);
        String reason = gone;
        if (reason != null) {
            job.unanswered(reason);
            return job.answer;
        }
        job.deadline = deadlines.after(limit, () -> overdue(job, limit));
        if (!queue.offer(job)) {
            job.stopClock();
            job.unanswered("its queue is full");
        } else if (gone != null) {
            answerQueued(); // it went meanwhile, perhaps before it could see this job
        }
        return job.answer;
    }

    /**
     * How much time a host function has that waits within the running call: what is left of the call, less the margin in which the
     * guest can still do something with the answer. For the actor's own thread; not negative.
     */
    public Duration timeToWait() {
        synchronized (turn) {
            Job<?> running = current;
            if (running == null) {
                return Duration.ZERO;
            }
            Duration left = Duration.ofNanos(Math.max(0, running.endsAt - System.nanoTime()));
            return CallLimits.withMargin(left);
        }
    }

    /** Hands over the instance whose calls are to be stopped when they are late. Called by a job. */
    void own(GuestInstance instance) {
        this.instance = instance;
    }

    /** Takes the instance back, which did not come to be. Called by the same job. */
    void disown() {
        this.instance = null;
    }

    /** Whether calls are still served. Any thread may ask. */
    public boolean isServing() {
        return gone == null;
    }

    /**
     * Stops serving: waiting calls are answered for, the running one is stopped, the instance is closed by its own thread.
     * Any thread may call; does not wait.
     */
    @Override
    public void close() {
        if (gone == null) {
            gone = STOPPED;
        }
        Job<?> running;
        synchronized (turn) {
            running = current;
            if (running == null) {
                thread.interrupt(); // it waits for a job
            }
        }
        if (running != null) {
            running.unanswered(STOPPED);
            stop(running);
        }
        answerQueued();
    }

    /** Whether the thread has ended and the instance is closed. Any thread may ask. */
    boolean hasEnded() {
        return !thread.isAlive();
    }

    /**
     * Waits until the thread has ended and the instance is closed.
     *
     * @return whether it has, in that time
     */
    boolean awaitEnd(Duration most) {
        try {
            return thread.join(most);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void serve() {
        try {
            while (gone == null) {
                run(queue.take());
            }
        } catch (InterruptedException closed) {
            // The only interrupt outside of a job is that of close().
        } finally {
            answerQueued();
            GuestInstance owned = instance;
            if (owned != null) {
                owned.close();
            }
        }
    }

    private <T> void run(Job<T> job) {
        if (job.answer.isDone()) {
            job.stopClock();
            return; // its caller has given up, or its deadline has passed
        }
        synchronized (turn) {
            if (gone == null) {
                current = job;
            }
        }
        if (current != job) {
            job.stopClock();
            job.unanswered(STOPPED);
            return; // closed between taking the job and its turn
        }
        T value;
        try {
            value = job.body.call();
        } catch (
                Throwable
                        failure) { // whatever the guest or the engine does must end here, not in another plugin's call
            endTurn();
            failed(job, failure);
            return;
        } finally {
            job.stopClock();
        }
        endTurn();
        job.answer.complete(new Answered<>(value));
    }

    /** After this no stop request meant for the job reaches the next one. */
    private void endTurn() {
        synchronized (turn) {
            current = null;
            // A stop request may have come too late to be noticed; the flag must not reach the next job.
            var _ = Thread.interrupted();
        }
    }

    private void failed(Job<?> job, Throwable failure) {
        String cause = describe(failure);
        GuestInstance owned = instance;
        boolean fault = owned != null && (failure instanceof Error || owned.isPoisoned());
        if (fault && gone == null) {
            gone = "it failed in " + job.name + ": " + cause;
            onFault.accept(new Fault(job.name, cause));
        }
        job.unanswered(cause);
    }

    private void overdue(Job<?> job, Duration limit) {
        job.unanswered(job.name + " took longer than " + limit.toMillis() + " ms");
        stop(job);
    }

    private void stop(Job<?> job) {
        GuestInstance owned = instance;
        // Asked first, checked second: while the job is still current, the number can only be of one of its own calls.
        long call = owned == null ? 0 : owned.runningCall();
        synchronized (turn) {
            if (current != job) {
                return;
            }
            if (owned != null && call != 0) {
                owned.interrupt(call);
            }
            thread.interrupt(); // for a host function that waits
        }
        var _ = deadlines.after(STOP_AGAIN, () -> stop(job));
    }

    private void answerQueued() {
        List<Job<?>> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        String reason = gone;
        for (Job<?> job : waiting) {
            job.stopClock();
            job.unanswered(reason == null ? STOPPED : reason);
        }
    }

    /** One line: some errors, such as those of the JVM's verifier, go on for pages. */
    private static String describe(Throwable failure) {
        return cause(failure).lines().findFirst().orElse("unknown");
    }

    private static String cause(Throwable failure) {
        return switch (failure) {
            case CoreTrap.HostFailure host
            when host.getCause() instanceof WasiExit exit -> String.valueOf(exit.getMessage());
            case CoreTrap.HostFailure host when host.getCause() != null -> "a host function failed: " + host.getCause();
            case CoreTrap trap -> "trap: " + trap.getMessage();
            case PluginRefusedException refused -> String.valueOf(refused.getMessage());
            case ComponentException refused -> String.valueOf(refused.getMessage());
            case CoreLinkException refused -> String.valueOf(refused.getMessage());
            default -> failure.toString();
        };
    }

    @Override
    public String toString() {
        return "actor of " + plugin;
    }
}
