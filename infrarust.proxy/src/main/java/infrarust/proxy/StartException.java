package infrarust.proxy;

/** The proxy cannot start, for a reason that the operator can mend. The message is all there is to show. */
final class StartException extends Exception {

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
