package infrarust.proxy.event;

import infrarust.api.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one event through its listeners. The listeners run on one virtual thread for as long as each is done when it
 * returns; after one that is late or asynchronous the way goes on on a new one, so a stuck listener keeps nobody's thread but
 * its own.
 */
final class Delivery<E extends Event> {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

    private final E event;
    private final List<Listener> listeners;
    private final Deadlines deadlines;
    private final Duration timeout;
    private final AccessCheck access;
    private final CompletableFuture<E> done = new CompletableFuture<>();
    private final CompletableFuture<Void> told = new CompletableFuture<>();

    Delivery(E event, List<Listener> listeners, Deadlines deadlines, Duration timeout, AccessCheck access) {
        this.event = event;
        this.listeners = listeners;
        this.deadlines = deadlines;
        this.timeout = timeout;
        this.access = access;
    }

    /** Completes with the event when all listeners have dealt with it. */
    CompletionStage<E> done() {
        return done.minimalCompletionStage();
    }

    /**
     * Completes when everything that waited for {@link #done} has run. Two actions that wait for the same future run in no order
     * that one could rely on, so what has to come after the others needs another one.
     */
    CompletableFuture<Void> told() {
        return told;
    }

    void start() {
        continueOnNewThread(0);
    }

    private void continueOnNewThread(int position) {
        Thread.ofVirtual().name("event-" + event.getClass().getSimpleName()).start(() -> run(position));
    }

    private void run(int first) {
        int position = first;
        while (position < listeners.size()) {
            if (!new Turn(listeners.get(position), position + 1).take()) {
                return;
            }
            position++;
        }
        access.settle();
        done.complete(event);
        told.complete(null);
    }

    /**
     * One listener's turn. It ends once: by the listener's return, by its stage, or by the deadline, and whoever ends it
     * sees to it that the next listener is called.
     */
    private final class Turn {

        private final Listener listener;
        private final int next;
        private final Thread thread = Thread.currentThread();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final CompletableFuture<?> givenUp = new CompletableFuture<>();
        private volatile Deadlines.@Nullable Pending pending;
        private long begun;

        /** Written and read by {@link #thread} only. */
        private boolean goesOnHere;

        Turn(Listener listener, int next) {
            this.listener = listener;
            this.next = next;
        }

        /** Tells whether this thread goes on with the next listener; otherwise another one does, or will. */
        boolean take() {
            begun = deadlines.nanoTime();
            if (timeout.compareTo(EventDispatcher.SLOW) > 0) {
                arm(EventDispatcher.SLOW, this::isSlow);
            } else {
                arm(timeout, this::giveUp);
            }
            CompletionStage<?> stage;
            try {
                stage = Handling.of(event, () -> listener.call().handle(event));
            } catch (Throwable failure) { // a listener is foreign code: whatever it throws must not reach the others
                return end(failure);
            }
            if (stage == null) {
                return end(null);
            }
            if (stage instanceof CompletableFuture<?> future) {
                var _ = givenUp.whenComplete((nothing, always) -> future.cancel(true));
            }
            var _ = stage.whenComplete((result, failure) -> {
                if (end(failure)) {
                    if (Thread.currentThread() == thread) {
                        goesOnHere = true; // the stage was complete already
                    } else {
                        continueOnNewThread(next);
                    }
                }
            });
            return goesOnHere;
        }

        private boolean end(@Nullable Throwable failure) {
            if (!ended.compareAndSet(false, true)) {
                return false; // too late, and the deadline has been logged
            }
            disarm();
            listener.timing().ended(deadlines.nanoTime() - begun, failure != null);
            if (failure != null) {
                access.unanswered();
                LOG.error(
                        "plugin '{}': its listener of {} failed; {}",
                        listener.owner(),
                        event.getClass().getSimpleName(),
                        access.consequence(),
                        failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                ? wrapped.getCause()
                                : failure);
            }
            return true;
        }

        private void arm(Duration after, Runnable action) {
            Deadlines.Pending armed = deadlines.after(after, action);
            pending = armed;
            if (ended.get()) { // meanwhile, by whoever has found the one before
                armed.cancel();
            }
        }

        private void disarm() {
            Deadlines.Pending armed = pending;
            if (armed != null) {
                armed.cancel();
            }
        }

        private void isSlow() {
            if (ended.get()) {
                return;
            }
            arm(timeout.minus(EventDispatcher.SLOW), this::giveUp);
            long times = listener.timing().slow();
            if (Long.bitCount(times) == 1) { // the first, the second, the fourth ... time
                LOG.warn(
                        "plugin '{}': its listener of {} is busy for more than {} ms (so far {} times)",
                        listener.owner(),
                        event.getClass().getSimpleName(),
                        EventDispatcher.SLOW.toMillis(),
                        times,
                        new StackOf(thread));
            }
        }

        private void giveUp() {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            access.unanswered();
            listener.timing().late(deadlines.nanoTime() - begun);
            LOG.warn(
                    "plugin '{}': its listener of {} took longer than {} ms; {}",
                    listener.owner(),
                    event.getClass().getSimpleName(),
                    timeout.toMillis(),
                    access.consequence(),
                    new StackOf(thread));
            continueOnNewThread(next);
            // Of a listener that has returned a stage the thread has ended, and the interrupt does nothing.
            thread.interrupt();
            givenUp.complete(null);
        }
    }

    /** Carries where a thread is now into the log, in the place of a stack trace. */
    private static final class StackOf extends Throwable {

        private static final long serialVersionUID = 1L;

        StackOf(Thread thread) {
            super("where the listener is", null, false, true);
            setStackTrace(thread.getStackTrace());
        }
    }
}
