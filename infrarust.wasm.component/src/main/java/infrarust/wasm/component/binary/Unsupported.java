package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a component uses that is not supported here. The first such feature is kept and not thrown at once: a component that is
 * invalid besides is told so first.
 */
final class Unsupported {

    private @Nullable ComponentException first;
    private final Map<String, ComponentException> types = new LinkedHashMap<>();
    private final Set<String> mentioned = new HashSet<>();
    private @Nullable ComponentException async;
    private boolean waits;
    private boolean opaque;

    void add(String what, int offset) {
        if (first == null) {
            first = ComponentException.unsupported(what, offset);
        }
    }

    /** Something by rules that are not known here: what then seems invalid may not be. */
    void addOpaque(String what, int offset) {
        add(what, offset);
        opaque = true;
    }

    /** A type of which nobody has values here. It is refused unless built-ins mention it, which nobody needs to call. */
    void addType(String what, int offset) {
        types.putIfAbsent(what, ComponentException.unsupported(what, offset));
    }

    /** A built-in that takes such a type. */
    void mention(String what) {
        mentioned.add(what);
    }

    /**
     * An async function, or its canonical ABI, in a component within the outermost one. It can only end at once, and is called like
     * any other, unless there is a built-in that waits.
     */
    void addAsync(String what, int offset) {
        if (async == null) {
            async = ComponentException.unsupported(what, offset);
        }
    }

    /** A built-in that waits, or is there for those that do. */
    void addWaiting() {
        waits = true;
    }

    boolean isOpaque() {
        return opaque;
    }

    Optional<ComponentException> first() {
        if (first != null) {
            return Optional.of(first);
        }
        if (async != null && waits) {
            return Optional.of(async);
        }
        for (Map.Entry<String, ComponentException> type : types.entrySet()) {
            if (!mentioned.contains(type.getKey())) {
                return Optional.of(type.getValue());
            }
        }
        return Optional.empty();
    }
}
