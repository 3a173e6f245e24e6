package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.Value;
import infrarust.wasm.spi.CoreValueType;
import org.jspecify.annotations.Nullable;

/**
 * A table under the limit of its store. One of functions holds them as Chicory's {@code call_indirect} wants them, by instance and
 * index, and shows them to guests as {@link FunctionReferences}.
 */
final class GuestTable extends TableInstance {

    private final ChicoryStore store;
    private final boolean functions;

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
        this.functions = Types.value(declared.elementType()) == CoreValueType.FUNCREF;
    }

    @Override
    public int ref(int index) {
        int value = super.ref(index);
        return functions ? store.references().number(instance(index), value) : value;
    }

    /** For {@code call_indirect}: the index in the module of {@link #instance}. */
    @Override
    public int requiredRef(int index) {
        int function = super.ref(index);
        if (function == Value.REF_NULL_VALUE) {
            throw new ChicoryException("uninitialized element " + index);
        }
        return function;
    }

    /** Chicory's {@code table.copy} asks the source for places of the target, which need not exist; nobody uses the answer. */
    @Override
    public @Nullable Instance instance(int index) {
        return index < size() ? super.instance(index) : null;
    }

    @Override
    public void setRef(int index, int value, Instance instance) {
        if (functions && FunctionReferences.isNumber(value)) {
            FunctionReferences.Function function = store.references().function(value);
            super.setRef(index, function.index(), function.instance());
        } else {
            super.setRef(index, value, instance);
        }
    }

    @Override
    public int grow(int by, int value, Instance instance) {
        if (by < 0 || by > limits().max() - size() || !store.takeElements(by)) {
            return -1;
        }
        if (functions && FunctionReferences.isNumber(value)) {
            FunctionReferences.Function function = store.references().function(value);
            return super.grow(by, function.index(), function.instance());
        }
        return super.grow(by, value, instance);
    }
}
