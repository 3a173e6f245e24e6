package infrarust.wasm.component.mapping;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A method handle that is made when it is first needed. Each shape of a handle costs the JVM a class, and generated code has
 * many handles of which a start needs few. Any thread.
 */
public final class DeferredHandle implements Deferred {

    private final MethodType type;
    private @Nullable Supplier<MethodHandle> source;
    private @Nullable MethodHandle handle;

    /**
     * Makes it from a source, which is asked once at most.
     *
     * @param type the exact type of the handle
     */
    public DeferredHandle(MethodType type, Supplier<MethodHandle> source) {
        this.type = type;
        this.source = source;
    }

    /** The exact type of the handle; known without making it. */
    public MethodType type() {
        return type;
    }

    /**
     * The handle.
     *
     * @throws IllegalStateException if the source made one of another type
     */
    @Override
    public synchronized MethodHandle get() {
        MethodHandle made = handle;
        if (made == null) {
            made = Objects.requireNonNull(source, "kept until there is a handle")
                    .get();
            if (!made.type().equals(type)) {
                throw new IllegalStateException("expected a handle of type " + type + ", got " + made);
            }
            handle = made;
            source = null;
        }
        return made;
    }
}
