package infrarust.api.ban;

/** The bans cannot be read or written at the moment, or there are none by the operator's wish; the message says why. */
public final class BansUnavailableException extends RuntimeException {

    /** With a message for people. */
    public BansUnavailableException(String message) {
        super(message);
    }

    /** With a message for people, and what it comes from. */
    public BansUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
