package infrarust.api.event;

/**
 * An event whose outcome listeners decide. The proxy waits for all of them, then acts on the result that is set. A later
 * listener sees what earlier ones set, and may overwrite it.
 *
 * @param <R> the outcomes
 */
public interface ResultedEvent<R> extends Event {

    /** The outcome so far. Any thread may ask. */
    R result();

    /**
     * Sets the outcome. Any thread may call; what is set after the listener's deadline may come too late to count.
     */
    void setResult(R result);
}
