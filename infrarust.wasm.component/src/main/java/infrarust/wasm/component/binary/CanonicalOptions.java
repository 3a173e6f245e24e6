package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.StringEncoding;
import java.util.OptionalInt;

/**
 * How values cross at one lift or lower.
 *
 * @param encoding of strings in the guest's memory
 * @param memory index of the core memory
 * @param realloc index of the core function that allocates in it
 * @param postReturn index of the core function that frees what a result occupied
 * @param async whether the function ends a call by {@code task.return}, or the caller takes the call for a task
 */
public record CanonicalOptions(
        StringEncoding encoding, OptionalInt memory, OptionalInt realloc, OptionalInt postReturn, boolean async) {}
