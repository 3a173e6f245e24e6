package infrarust.wasm.spi;

import org.jspecify.annotations.Nullable;

/** The bytes are no valid core module, or need a feature that the engine lacks; the message names it. */
public final class CoreModuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CoreModuleException(String message) {
        super(message);
    }

    public CoreModuleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
