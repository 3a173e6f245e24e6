package infrarust.api.filter;

/**
 * Bytes are not what they were read as: they end too early, or a length in them is out of bounds. A filter need not catch it. A packet of
 * a client whose reading ends so ends the connection, as one that the proxy itself cannot read does; one of a server passes as it came.
 *
 * <p>It has no stack trace, since anybody can cause it.
 */
public final class UnreadableBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong */
    public UnreadableBytesException(String message) {
        super(message, null, false, false);
    }
}
