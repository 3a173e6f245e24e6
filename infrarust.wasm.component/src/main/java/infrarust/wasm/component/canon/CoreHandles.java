package infrarust.wasm.component.canon;

import infrarust.wasm.spi.CoreFunction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The exact handles of the core functions that generated code calls, by slot. Generated code exists before the core instances
 * do, so it asks on its first execution and has a constant from then on.
 */
public final class CoreHandles {

    private final MethodHandle[] handles;

    /** Room for so many functions. */
    public CoreHandles(int slots) {
        this.handles = new MethodHandle[slots];
    }

    /**
     * Remembers the handle of a slot.
     *
     * @param function what an instance has in that slot
     * @param guest whether it is a guest's function, whose handle must be the same in every instance ({@link
     *     CoreFunction#handle()}); one handle of a type serves all host functions
     * @throws IllegalStateException if the engine answers another handle than for an earlier instance
     */
    @SuppressWarnings("ReferenceEquality") // handles have no other equality
    public synchronized void offer(int slot, CoreFunction function, boolean guest) {
        MethodHandle handle = function.handle();
        if (handles[slot] == null) {
            handles[slot] = handle;
        } else if (guest && handles[slot] != handle) {
            throw new IllegalStateException("the engine gave a second handle for one function of a module");
        }
    }

    private synchronized MethodHandle handle(int slot) {
        return handles[slot];
    }

    /** Bootstrap of the constants in generated classes, whose class data has this table first. */
    static MethodHandle constant(MethodHandles.Lookup lookup, String name, Class<?> type, int slot)
            throws IllegalAccessException {
        return MethodHandles.classDataAt(lookup, "_", CoreHandles.class, 0).handle(slot);
    }
}
