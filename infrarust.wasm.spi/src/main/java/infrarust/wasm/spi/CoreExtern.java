package infrarust.wasm.spi;

/**
 * Something that instances import and export. Functions and memories are used by the host; tables, globals and tags only
 * pass from one instance to another of the same store.
 */
public sealed interface CoreExtern permits CoreFunction, CoreMemory, CoreExtern.Opaque {

    /** A table, global or tag: passed through, never touched. */
    non-sealed interface Opaque extends CoreExtern {

        /** Its type, for link-time checks. */
        CoreExternType type();
    }
}
