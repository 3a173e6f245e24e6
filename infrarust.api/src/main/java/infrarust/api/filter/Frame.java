package infrarust.api.filter;

/**
 * A packet on its way: its id, and its body as a view that is read from the first byte on. Without the frame around it, decrypted
 * and inflated.
 */
public interface Frame extends ByteView {

    /** How many bytes may be injected beside one packet, in all. */
    int MAX_INJECTED_BYTES = 4 << 20;

    /** How many packets may be injected beside one, in all. */
    int MAX_INJECTED_PACKETS = 256;

    /** The packet's id, in the session's version and present state. */
    int id();

    /** The packet as a copy, to keep it or to change it. */
    RawPacket copy();

    /**
     * Sends another packet the same way, before this one, whatever becomes of this one. No filter sees it, and the proxy does not look at
     * it. Those of several filters go in the order in which they were injected.
     *
     * @throws IllegalArgumentException if it is one that the proxy has to see itself, because it leads into another state, starts the
     *     game, begins or ends a bundle or ends the connection; or
     *     longer than {@link RawPacket#MAX_BODY}
     * @throws IllegalStateException if it is too much, see {@link #MAX_INJECTED_BYTES} and {@link #MAX_INJECTED_PACKETS}
     */
    void injectBefore(RawPacket packet);

    /** As {@link #injectBefore}, behind this one. */
    void injectAfter(RawPacket packet);
}
