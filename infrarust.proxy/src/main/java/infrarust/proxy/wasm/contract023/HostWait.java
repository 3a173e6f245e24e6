package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.PluginActor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What became of waiting, within a call of the guest and on the actor's thread, for something of the proxy. */
sealed interface HostWait<T> {

    /** It is there. */
    record Done<T>(T value) implements HostWait<T> {}

    /** It did not come in time; it may still come. */
    record Late<T>(String reason) implements HostWait<T> {}

    /** It will not come. */
    record Failed<T>(String reason) implements HostWait<T> {}

    /** Waits, at most that long and never until the call that is under way is overdue. */
    static <T> HostWait<T> of(PluginActor actor, CompletionStage<T> stage, Duration most) {
        Duration left = actor.timeToWait();
        boolean close = left.compareTo(most) < 0;
        // A future of its own: those of the proxy may refuse to be waited for, or be nobody's to cancel.
        var answer = new CompletableFuture<T>();
        var _ = stage.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return new Done<>(answer.get((close ? left : most).toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return new Late<>(
                    close ? "host call timed out: the plugin call is close to its deadline" : "host call timed out");
        } catch (InterruptedException overdue) {
            Thread.currentThread().interrupt(); // the call is being ended
            return new Late<>("host call timed out");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return new Failed<>(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
    }
}
