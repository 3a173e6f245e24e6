package infrarust.wasm.component.validate;

import infrarust.wasm.component.type.ComponentException;
import java.util.ArrayList;
import java.util.List;

/** One index space of a scope: what it holds, in the order of definition. */
final class Space<T> {

    /** Entries of one index space; more than any tool emits, and what other implementations allow too. */
    private static final int MAX_ENTRIES = 1_000_000;

    private final String sort;
    private final List<T> entries = new ArrayList<>();

    Space(String sort) {
        this.sort = sort;
    }

    void add(T entry, int offset) {
        if (entries.size() >= MAX_ENTRIES) {
            throw new ComponentException("there are more than " + MAX_ENTRIES + " entries of the sort " + sort, offset);
        }
        entries.add(entry);
    }

    T get(int index, int offset) {
        if (index >= entries.size()) {
            throw new ComponentException(
                    sort + " index " + index + " is out of bounds: there are " + entries.size() + " so far", offset);
        }
        return entries.get(index);
    }
}
