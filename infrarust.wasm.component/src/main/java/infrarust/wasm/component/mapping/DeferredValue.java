package infrarust.wasm.component.mapping;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An object that is made when it is first needed. Any thread. */
public final class DeferredValue implements Deferred {

    private @Nullable Supplier<Object> source;
    private @Nullable Object value;

    /** Makes it from a source, which is asked once at most. */
    public DeferredValue(Supplier<Object> source) {
        this.source = source;
    }

    @Override
    public synchronized Object get() {
        Object made = value;
        if (made == null) {
            made = Objects.requireNonNull(source, "kept until there is a value").get();
            value = made;
            source = null;
        }
        return made;
    }
}
