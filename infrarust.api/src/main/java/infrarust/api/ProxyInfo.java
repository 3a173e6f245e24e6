package infrarust.api;

import java.time.Instant;

/** The proxy itself. Any thread may call; no method waits. */
public interface ProxyInfo {

    /** Its version, for people. */
    String version();

    /** When it was started. */
    Instant startedAt();

    /** How many players are connected whom plugins see. */
    int players();

    /** How many connections have been accepted since the start, of players, of those who only ask for the status, and of all others. */
    long connectionsSoFar();

    /** The oldest protocol number whose packets the proxy knows, for example 4 for 1.7.2. */
    int oldestProtocol();

    /** The newest protocol number whose packets the proxy knows. */
    int newestProtocol();

    /**
     * Asks the proxy to stop in order, as a signal does. Returns at once; the plugin is disabled in the course of it.
     *
     * @param reason one line for the log
     */
    void requestStop(String reason);
}
