package infrarust.proxy.command;

import infrarust.proxy.event.Deadlines;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** A call into a plugin on a virtual thread of its own, with a deadline. */
final class BoundedCall {

    private BoundedCall() {}

    /**
     * Calls, and waits for nothing.
     *
     * @return completes with what the stage of the call completes with; exceptionally with what the call has thrown, or with a
     *     {@link TimeoutException} when it took longer than {@code limit}
     */
    static <T> CompletableFuture<T> start(
            Deadlines deadlines, Duration limit, String name, Callable<? extends CompletionStage<? extends T>> call) {
        var answer = new CompletableFuture<T>();
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                CompletionStage<? extends T> stage = call.call();
                if (stage instanceof CompletableFuture<? extends T> future) {
                    var _ = answer.whenComplete((value, failure) -> future.cancel(true));
                }
                var _ = stage.whenComplete((value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(
                                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                        ? wrapped.getCause()
                                        : failure);
                    }
                });
            } catch (Throwable failure) { // a plugin is foreign code; the caller says what its failure means
                answer.completeExceptionally(failure);
            }
        });
        Deadlines.Pending deadline = deadlines.after(limit, () -> {
            if (answer.completeExceptionally(new TimeoutException("took longer than " + limit.toSeconds() + " s"))) {
                thread.interrupt();
            }
        });
        var _ = answer.whenComplete((value, failure) -> deadline.cancel());
        thread.start();
        return answer;
    }
}
