package infrarust.proxy.gate;

/** Serves clients older than 1.7, whose ping begins with the byte 0xFE and has no handshake. */
@FunctionalInterface
public interface LegacyPingHandler {

    /**
     * Takes over a connection whose first byte is 0xFE. Called on its event loop; the handler calls
     * {@link ClientConnection#handOverFromStart} before it returns (it then reads from the 0xFE on) and sets the deadlines.
     * There is no {@link ClientConnection#handshake}.
     */
    void handle(ClientConnection client);
}
