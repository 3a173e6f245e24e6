package infrarust.api.server;

/** An address that runs empty because a plugin wants it. */
public interface Drain {

    /** Ends it; ending twice does nothing. Any thread. */
    void end();
}
