package infrarust.wasm.component.type;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A component cannot be used: its bytes are no valid component, it needs something that is not supported, it imports what
 * nobody offers, or a Java type does not fit a WIT type. The message is one sentence for the operator or the plugin's author;
 * problems found in the bytes end with the byte offset.
 */
public final class ComponentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** -1 for none: an exception has to stay serialisable, which an optional is not. */
    private final int offset;

    /** A problem that no byte of the component stands for. */
    public ComponentException(String message) {
        super(message);
        this.offset = -1;
    }

    /** A problem with a cause in an engine or in Java's linkage. */
    public ComponentException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.offset = -1;
    }

    /**
     * A problem in the component's bytes.
     *
     * @param offset bytes from the start of the component's file
     */
    public ComponentException(String message, int offset) {
        this(message, offset, null);
    }

    /** A problem in the component's bytes with a cause, such as the engine's verdict about a core module. */
    public ComponentException(String message, int offset, @Nullable Throwable cause) {
        super(message + " (at byte " + offset + ")", cause);
        this.offset = offset;
    }

    /**
     * A component that may be valid and uses what is not supported here.
     *
     * @param what names it, as in "the component uses …"
     * @param offset bytes from the start of the component's file
     */
    public static ComponentException unsupported(String what, int offset) {
        return new ComponentException(
                "the component uses " + what + ", which this host does not support; build it for WASI 0.2", offset);
    }

    /** Bytes from the start of the component's file, if the problem lies in the bytes. */
    public OptionalInt offset() {
        return offset < 0 ? OptionalInt.empty() : OptionalInt.of(offset);
    }
}
