package infrarust.proxy.gate;

/** Serves clients that want to play. */
@FunctionalInterface
public interface JoinHandler {

    /**
     * Takes over a connection whose handshake asks for a login or a transfer. Called on its event loop; the handler calls
     * {@link ClientConnection#handOver} or {@link ClientConnection#handOverFromStart} before it returns and sets the deadlines.
     */
    void handle(ClientConnection client);
}
