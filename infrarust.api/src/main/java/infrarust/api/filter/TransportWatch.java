package infrarust.api.filter;

/**
 * Watches the bytes of one connection as they travel between client and proxy: encrypted where that is. Several watches stand behind each
 * other in the order of their filters, the first one nearest to the client. Called on the connection's event loop, one call at a time;
 * must not block. A watch that throws is logged with the plugin's name and not called any more for this connection, but for {@link #closed}.
 */
public interface TransportWatch {

    /**
     * Whether it wants the bytes; asked once. A connection whose bytes are wanted goes through the proxy's memory, in {@code zero_copy} too.
     */
    default boolean wantsData() {
        return true;
    }

    /** The client has sent some bytes. */
    default DataVerdict clientData(TransportConnection connection, ByteView bytes) {
        return DataVerdict.pass();
    }

    /** Some bytes are about to go to the client, from the server or from the proxy. */
    default DataVerdict serverData(TransportConnection connection, ByteView bytes) {
        return DataVerdict.pass();
    }

    /** The connection has ended, or the filter was unregistered. Called once. */
    default void closed(TransportConnection connection) {}
}
