package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import org.jspecify.annotations.Nullable;

/**
 * References to exceptions of one store. Chicory's are the numbers of tags, so that {@code throw_ref} would throw the last one of
 * a tag and not the one that is meant. Nobody says when a guest forgets a reference, so only the last ones are kept; an older one
 * is a trap, and never another exception.
 */
final class CaughtExceptions {

    private static final int KEPT = 4_096;

    private final @Nullable WasmException[] exceptions = new WasmException[KEPT];
    private int next;

    /** The reference of an exception that was caught; never negative, which null is. */
    int number(WasmException exception) {
        int number = next;
        next = next + 1 & Integer.MAX_VALUE;
        exceptions[number % KEPT] = exception;
        return number;
    }

    /** The exception of a reference. */
    WasmException exception(int number) {
        if (number < 0) {
            throw new ChicoryException("null exception reference");
        }
        int age = next - 1 - number & Integer.MAX_VALUE;
        WasmException exception = exceptions[number % KEPT];
        if (age >= KEPT || exception == null) {
            throw new ChicoryException(
                    "throw_ref of an exception that was caught before the last " + KEPT + ", which are kept");
        }
        return exception;
    }
}
