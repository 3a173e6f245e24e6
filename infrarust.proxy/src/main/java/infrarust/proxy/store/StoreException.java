package infrarust.proxy.store;

/** The database cannot be used; the message is for the operator and names the file and the way out. */
public final class StoreException extends RuntimeException {

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
