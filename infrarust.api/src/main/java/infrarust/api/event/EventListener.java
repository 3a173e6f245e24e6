package infrarust.api.event;

/**
 * Hears of an event and has dealt with it when it returns.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface EventListener<E extends Event> {

    /**
     * Called on a virtual thread; blocking is welcome within the deadline (10 s unless configured), after which the thread is
     * interrupted and the event goes on without this listener.
     *
     * @throws Exception logged with the plugin's name; the next listener is called all the same
     */
    void handle(E event) throws Exception;
}
