package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.type.ComponentException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The index spaces of a component, or of a component or instance type, while it is resolved. */
public final class Scope {

    private final @Nullable Scope parent;
    private final CoreModules modules;
    private final int number;
    private final Map<Sort, List<Item>> spaces = new EnumMap<>(Sort.class);

    /**
     * Makes the empty index spaces of an outermost component.
     *
     * @param modules those of the component's file
     * @param number which component instance this is
     */
    Scope(CoreModules modules, int number) {
        this.parent = null;
        this.modules = modules;
        this.number = number;
    }

    /** Makes empty index spaces within others. */
    Scope(Scope parent, int number) {
        this.parent = parent;
        this.modules = parent.modules;
        this.number = number;
    }

    /** The core modules of the file that offsets count in. */
    CoreModules modules() {
        return modules;
    }

    int number() {
        return number;
    }

    void add(Sort sort, Item item) {
        spaces.computeIfAbsent(sort, _ -> new ArrayList<>()).add(item);
    }

    Item get(Sort sort, int index, int offset) {
        List<Item> space = spaces.getOrDefault(sort, List.of());
        if (index >= space.size()) {
            throw new ComponentException(
                    "there is no " + sort + " " + index + " here, only " + space.size() + " of them", offset);
        }
        return space.get(index);
    }

    <T extends Item> T get(Sort sort, int index, Class<T> kind, String what, int offset) {
        Item item = get(sort, index, offset);
        if (!kind.isInstance(item)) {
            throw new ComponentException(sort + " " + index + " is not " + what, offset);
        }
        return kind.cast(item);
    }

    Scope outer(int scopes, int offset) {
        Scope scope = this;
        for (int i = 0; i < scopes; i++) {
            if (scope.parent == null) {
                throw new ComponentException(
                        "an alias reaches " + scopes + " scopes out, beyond the component", offset);
            }
            scope = scope.parent;
        }
        return scope;
    }
}
