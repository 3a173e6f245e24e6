package infrarust.proxy.protocol;

/**
 * The peer sent bytes that cannot be what they claim to be. Carries no stack trace: it is thrown as often as hostile peers
 * like, and its place is told by its message.
 */
public final class MalformedPacketException extends RuntimeException {

    /** @param message what was wrong, without anything the peer chose at length */
    public MalformedPacketException(String message) {
        super(message, null, false, false);
    }
}
