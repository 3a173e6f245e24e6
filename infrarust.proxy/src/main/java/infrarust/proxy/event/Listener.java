package infrarust.proxy.event;

import infrarust.api.event.Event;
import infrarust.api.event.EventPriority;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One subscription. Not a record: the same method may be subscribed twice, and each time is a subscription of its own. */
final class Listener {

    private final String owner;
    private final EventPriority priority;
    private final Timing timing;
    private final Call call;

    Listener(String owner, EventPriority priority, Timing timing, Call call) {
        this.owner = owner;
        this.priority = priority;
        this.timing = timing;
        this.call = call;
    }

    String owner() {
        return owner;
    }

    EventPriority priority() {
        return priority;
    }

    /** Where it is counted how long it takes. */
    Timing timing() {
        return timing;
    }

    Call call() {
        return call;
    }

    /** What to do with an event of the right class. */
    @FunctionalInterface
    interface Call {

        /** Answers when the event will have been dealt with, or null if it has been. */
        @Nullable
        CompletionStage<?> handle(Event event) throws Exception;
    }
}
