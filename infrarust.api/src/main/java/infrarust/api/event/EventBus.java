package infrarust.api.event;

import java.util.concurrent.CompletionStage;

/**
 * Where a plugin subscribes to events, and fires its own.
 *
 * <p>The listeners of one event run one after the other, by priority and then in the order of subscription; each sees what
 * earlier ones did to the event. The list is fixed when the event is fired: a listener subscribed while it is being delivered
 * hears of the next one. An exception or a missed deadline of one listener does not keep the event from the others. Events of
 * different players are delivered at the same time, so a listener must be safe for that. One that is busy for a second is
 * reported in the log, with where it is.
 *
 * <p>Any thread may subscribe and fire.
 */
public interface EventBus {

    /**
     * Subscribes a listener that has dealt with the event when it returns.
     *
     * @param type the exact class of the event
     */
    <E extends Event> Subscription subscribe(Class<E> type, EventPriority priority, EventListener<? super E> listener);

    /**
     * Subscribes a listener that deals with the event later.
     *
     * @param type the exact class of the event
     */
    <E extends Event> Subscription subscribeAsync(
            Class<E> type, EventPriority priority, AsyncEventListener<? super E> listener);

    /** Subscribes with {@link EventPriority#NORMAL}. */
    default <E extends Event> Subscription subscribe(Class<E> type, EventListener<? super E> listener) {
        return subscribe(type, EventPriority.NORMAL, listener);
    }

    /**
     * Delivers an event of the plugin's own to everyone who listens to its class: a class of the plugin's that implements {@link
     * Event}, {@link ResultedEvent} when listeners shall decide something, or {@link PlayerEvent} when it shall come in the
     * order of that player's events. Other plugins can listen to it when they see the class.
     *
     * @return completes with {@code event}, on any thread, when all have dealt with it; never exceptionally
     * @throws IllegalArgumentException if it is one of the proxy's own events, which only the proxy fires
     */
    <E extends Event> CompletionStage<E> fire(E event);
}
