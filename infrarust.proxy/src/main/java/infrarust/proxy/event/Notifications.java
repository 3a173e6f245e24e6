package infrarust.proxy.event;

import infrarust.api.event.Event;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue of the posted events: one after the other, and not more than it holds. Any thread. */
final class Notifications {

    /** How many events may wait. */
    static final int CAPACITY = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

    private final Function<Event, CompletionStage<Event>> delivery;
    private final Queue<Event> waiting = new ArrayDeque<>();
    private boolean delivering;
    private long dropped;

    /** @param delivery delivers one event; the stage completes when all have dealt with it */
    Notifications(Function<Event, CompletionStage<Event>> delivery) {
        this.delivery = delivery;
    }

    void add(Event added) {
        @Nullable Event event = added;
        long lost = 0;
        synchronized (waiting) {
            if (!delivering) {
                delivering = true;
            } else {
                if (waiting.size() < CAPACITY) {
                    waiting.add(added);
                } else {
                    lost = ++dropped;
                }
                event = null;
            }
        }
        if (event != null) {
            deliver(event);
        } else if (Long.bitCount(lost) == 1) { // the first, the second, the fourth ... one
            LOG.warn(
                    "{} events wait for the plugins' listeners, which are slower than what happens; {} dropped so far",
                    CAPACITY,
                    lost);
        }
    }

    long dropped() {
        synchronized (waiting) {
            return dropped;
        }
    }

    private void deliver(Event first) {
        @Nullable Event event = first;
        while (event != null) {
            var told = delivery.apply(event).toCompletableFuture();
            if (!told.isDone()) {
                var _ = told.thenRun(() -> {
                    @Nullable Event next = next();
                    if (next != null) {
                        deliver(next);
                    }
                });
                return;
            }
            event = next(); // whoever listened does not any more
        }
    }

    private @Nullable Event next() {
        synchronized (waiting) {
            @Nullable Event next = waiting.poll();
            delivering = next != null;
            return next;
        }
    }
}
