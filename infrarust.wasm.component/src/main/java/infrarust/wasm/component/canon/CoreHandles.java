package infrarust.wasm.component.canon;

import infrarust.wasm.spi.CoreFunction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The exact handles of the core functions that generated code calls, by slot. Generated code exists before the core instances
 * do, so it asks on its first execution and has a constant from then on.
 */
public final class CoreHandles {

    private final List<@Nullable Supplier<MethodHandle>> sources;
    private final @Nullable MethodHandle[] handles;

    /** Room for so many functions. */
    public CoreHandles(int slots) {
        this.sources = new ArrayList<>(Collections.nCopies(slots, null));
        this.handles = new MethodHandle[slots];
    }

    /**
     * Remembers where the handle of a slot comes from.
     *
     * @param function what an instance has in that slot
     * @param guest whether it is a guest's function, whose handle must be the same in every instance ({@link
     *     CoreFunction#handle()}); one handle of a type serves all host functions
     * @throws IllegalStateException if the engine answers another handle than the one in use for an earlier instance
     */
    @SuppressWarnings("ReferenceEquality") // handles have no other equality
    public synchronized void offer(int slot, CoreFunction function, boolean guest) {
        if (handles[slot] == null) {
            sources.set(slot, function.deferredHandle());
        } else if (guest && handles[slot] != function.handle()) {
            throw new IllegalStateException("the engine gave a second handle for one function of a module");
        }
    }

    private synchronized MethodHandle handle(int slot) {
        MethodHandle handle = handles[slot];
        if (handle == null) {
            handle = Objects.requireNonNull(sources.get(slot), "code runs before its instance is there")
                    .get();
            handles[slot] = handle;
            sources.set(slot, null);
        }
        return handle;
    }

    /** Bootstrap of the constants in generated classes, whose class data has this table first. */
    static MethodHandle constant(MethodHandles.Lookup lookup, String name, Class<?> type, int slot)
            throws IllegalAccessException {
        return MethodHandles.classDataAt(lookup, "_", CoreHandles.class, 0).handle(slot);
    }
}
