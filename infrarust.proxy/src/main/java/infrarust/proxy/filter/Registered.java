package infrarust.proxy.filter;

import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.FilterTakenException;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter that a plugin has registered. Compared by identity: only this very registration is removed, whatever looks like it.
 *
 * @param <T> what was registered
 */
final class Registered<T> {

    private final String owner;
    private final FilterSpec spec;
    private final T filter;
    private final FaultLog faults;

    Registered(String owner, FilterSpec spec, T filter) {
        this.owner = owner;
        this.spec = spec;
        this.filter = filter;
        this.faults = new FaultLog(owner, "filter '" + spec.id() + "'");
    }

    /**
     * The filters and one more behind them.
     *
     * @throws FilterTakenException if there is one with that id
     */
    static <T> List<Registered<T>> with(List<Registered<T>> filters, Registered<T> added) {
        for (Registered<T> other : filters) {
            if (other.spec.id().equals(added.spec.id())) {
                throw new FilterTakenException(added.spec.id(), other.owner);
            }
        }
        List<Registered<T>> more = new ArrayList<>(filters);
        more.add(added);
        return List.copyOf(more);
    }

    /** The filters but that one. */
    static <T> List<Registered<T>> without(List<Registered<T>> filters, Registered<T> removed) {
        return filters.stream().filter(other -> other != removed).toList();
    }

    /** The id of the plugin. */
    String owner() {
        return owner;
    }

    FilterSpec spec() {
        return spec;
    }

    T filter() {
        return filter;
    }

    /** Where its faults go. */
    FaultLog faults() {
        return faults;
    }

    @Override
    public String toString() {
        return "filter '" + spec.id() + "' of plugin '" + owner + "'";
    }
}
