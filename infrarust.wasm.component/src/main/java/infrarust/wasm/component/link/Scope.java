package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.type.ComponentException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The index spaces of a component, or of a component or instance type, while it is resolved. */
final class Scope {

    private final @Nullable Scope parent;
    private final int number;
    private final Map<Sort, List<Item>> spaces = new EnumMap<>(Sort.class);

    /**
     * Makes empty index spaces.
     *
     * @param number which component instance this is
     */
    Scope(@Nullable Scope parent, int number) {
        this.parent = parent;
        this.number = number;
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
