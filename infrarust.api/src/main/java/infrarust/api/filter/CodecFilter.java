package infrarust.api.filter;

/**
 * Sees the packets of one direction of one player's connection, one after the other, and decides what becomes of each. Made by a
 * {@link CodecFilterFactory}. It works in {@code offline} and {@code client_only}, in the states configuration and play; in the limbo
 * on what the client sends. What the proxy itself sends meets no filter.
 *
 * <p>All methods are called on the connection's event loop, one at a time: no locks are needed, and nothing may block. One that throws is
 * logged and is not called any more for this side of this connection, whose packets then pass; or the player is sent away, if
 * it is {@linkplain CodecFilterFactory#required required}. {@link UnreadableBytesException} is no fault of the filter.
 */
@FunctionalInterface
public interface CodecFilter {

    /** What becomes of the packet. Called for those of {@link #interest} only; {@link Verdict#pass()} costs nothing. */
    Verdict filter(Frame frame);

    /** The packets that it wants to see, of all states. Asked at the beginning, and when the session was told that it has changed. */
    default PacketInterest interest() {
        return PacketInterest.all();
    }

    /** The packets behind the last one are of another state. */
    default void stateChanged(PacketState state) {}

    /** That was all: the connection has ended, or the player has another server, or the filter was unregistered. Called once. */
    default void closed() {}
}
