package infrarust.proxy.gate;

/** Serves clients that ping. */
@FunctionalInterface
public interface StatusHandler {

    /**
     * Takes over a connection whose handshake asks for the status. Called on its event loop; the handler calls
     * {@link ClientConnection#handOver} before it returns and sets the deadlines from here on.
     */
    void handle(ClientConnection client);
}
