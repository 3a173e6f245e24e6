package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.StringEncoding;

/**
 * The canonical options of one lift or lower, with slots in place of indices ({@link InstanceState}).
 *
 * @param memory slot of the memory, or {@link #NONE}
 * @param realloc slot of the allocating function, or {@link #NONE}
 * @param postReturn slot of the freeing function, or {@link #NONE}
 * @param async whether a lifted function gives its result by {@code task.return}, or the caller takes the call for a task
 */
public record Options(StringEncoding encoding, int memory, int realloc, int postReturn, boolean async) {

    /** The option is not given. */
    public static final int NONE = -1;

    /** Options of a function that is not async. */
    public Options(StringEncoding encoding, int memory, int realloc, int postReturn) {
        this(encoding, memory, realloc, postReturn, false);
    }
}
