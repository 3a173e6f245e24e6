package infrarust.api.event;

/** One listener of one event. */
public interface Subscription {

    /**
     * Ends it. Any thread may call, also the listener itself; ending twice does nothing. An event that is being delivered
     * already may still reach the listener.
     */
    void cancel();
}
