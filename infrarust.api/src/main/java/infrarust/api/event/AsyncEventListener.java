package infrarust.api.event;

import java.util.concurrent.CompletionStage;

/**
 * Hears of an event and deals with it later.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface AsyncEventListener<E extends Event> {

    /**
     * Called on a virtual thread. The next listener is called when the returned stage is complete or the deadline (10 s
     * unless configured) has passed, counted from this call; then the stage's future is cancelled.
     *
     * @return completes, on any thread, when the event has been dealt with; a failure is logged with the plugin's name
     * @throws Exception as a failed stage
     */
    CompletionStage<?> handle(E event) throws Exception;
}
