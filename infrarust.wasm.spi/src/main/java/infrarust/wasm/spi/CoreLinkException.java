package infrarust.wasm.spi;

import org.jspecify.annotations.Nullable;

/** An import does not fit, or a limit is exceeded, at instantiation. */
public final class CoreLinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CoreLinkException(String message) {
        super(message);
    }

    public CoreLinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
