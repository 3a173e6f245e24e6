package infrarust.proxy.event;

/** An event bus for tests that have no plugins. */
public final class NobodyListens {

    private NobodyListens() {}

    /** A bus at which nobody listens. */
    public static EventDispatcher dispatcher() {
        return new EventDispatcher(new FakeDeadlines(), EventDispatcher.DEFAULT_TIMEOUT);
    }
}
