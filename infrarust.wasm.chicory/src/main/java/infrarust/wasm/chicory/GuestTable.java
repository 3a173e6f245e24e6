package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;

/** A table under the limit of its store. */
final class GuestTable extends TableInstance {

    private final ChicoryStore store;

    /**
     * Makes a table of its minimum size, which the store has granted.
     *
     * @param declared the module's; growth is counted in a copy, because Chicory counts it in the object that it is given, which
     *     all instances of the module share
     */
    GuestTable(ChicoryStore store, Table declared, int initial) {
        super(
                new Table(
                        declared.elementType(),
                        new TableLimits(
                                declared.limits().min(), declared.limits().max()),
                        declared.initialize()),
                initial);
        this.store = store;
    }

    @Override
    public int grow(int by, int value, Instance instance) {
        if (by < 0 || by > limits().max() - size() || !store.takeElements(by)) {
            return -1;
        }
        return super.grow(by, value, instance);
    }
}
