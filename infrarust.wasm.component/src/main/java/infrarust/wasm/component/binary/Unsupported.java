package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a component uses that is not supported here. The first such feature is kept and not thrown at once: a component that is
 * invalid besides is told so first.
 */
final class Unsupported {

    private @Nullable ComponentException first;
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

    boolean isOpaque() {
        return opaque;
    }

    Optional<ComponentException> first() {
        return Optional.ofNullable(first);
    }
}
