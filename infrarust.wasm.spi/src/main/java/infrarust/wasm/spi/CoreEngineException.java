package infrarust.wasm.spi;

import org.jspecify.annotations.Nullable;

/** This machine or configuration cannot run the engine; the message says what is missing. */
public final class CoreEngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CoreEngineException(String message) {
        super(message);
    }

    public CoreEngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
