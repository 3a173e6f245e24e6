package infrarust.api.filter;

/** A filter that is there. Any thread may call. */
public interface FilterRegistration {

    /** Its id. */
    String id();

    /**
     * Takes it away, from open connections too; does nothing if it is gone already. Each connection's loop does so by itself: a
     * call that is under way ends, and a few packets may still meet the filter.
     */
    void unregister();
}
