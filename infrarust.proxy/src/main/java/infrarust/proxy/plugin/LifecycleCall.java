package infrarust.proxy.plugin;

import infrarust.proxy.event.Deadlines;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Calls into a plugin while it is started or stopped: on a virtual thread, with a deadline, awaited by the caller. */
public final class LifecycleCall {

    /** How long a plugin may take to say who it is. */
    public static final Duration METADATA = Duration.ofSeconds(5);

    /** How long {@code onEnable} may take. */
    static final Duration ENABLE = Duration.ofSeconds(30);

    /** How long {@code onDisable} may take. */
    static final Duration DISABLE = Duration.ofSeconds(5);

    private LifecycleCall() {}

    /**
     * Waits for {@code call} and the stage that it answers.
     *
     * @throws Exception what the call threw or its stage failed with; {@link TimeoutException} with a text for the operator
     *     if it took longer than {@code limit}, and then the call's thread is interrupted
     */
    public static <T> T await(
            Deadlines deadlines, Duration limit, String name, Callable<? extends CompletionStage<T>> call)
            throws Exception {
        var answer = new CompletableFuture<T>();
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                var _ = call.call().whenComplete((value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (Throwable failure) { // a plugin is foreign code; the caller decides what its failure means
                answer.completeExceptionally(failure);
            }
        });
        Deadlines.Pending deadline = deadlines.after(limit, () -> {
            if (answer.completeExceptionally(
                    new TimeoutException(name + " took longer than " + limit.toSeconds() + " s"))) {
                thread.interrupt();
            }
        });
        thread.start(); // after the deadline is armed, so that the time of the call is never longer than it
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw switch (failed.getCause()) {
                case CompletionException wrapped when wrapped.getCause() instanceof Exception cause -> cause;
                case Exception cause -> cause;
                case Throwable error -> new IllegalStateException(name + " failed: " + error, error);
            };
        } finally {
            deadline.cancel();
        }
    }
}
