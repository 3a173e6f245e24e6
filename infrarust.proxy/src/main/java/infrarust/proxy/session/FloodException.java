package infrarust.proxy.session;

/** The client has sent more than it may. Carries no stack trace: it is thrown as often as hostile peers like. */
final class FloodException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message of what it was too much */
    FloodException(String message) {
        super(message, null, false, false);
    }
}
