package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Value;
import infrarust.wasm.spi.CoreValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * References to functions as numbers that mean the same in all instances of a store. Chicory's are indices into the module of
 * whoever holds them, and become another function when they reach another instance. Here guest code only ever holds the numbers:
 * it gets them from tables ({@link GuestTable}), from globals, which are made with them, and from each other; what would make an
 * index, {@code ref.func} in a function, is read from a table instead ({@link ModuleBytes#withReferences}).
 */
final class FunctionReferences {

    /** Numbers are below Chicory's null; indices are above. */
    private static final int FIRST = Value.REF_NULL_VALUE - 1;

    private final List<Function> functions = new ArrayList<>();
    private final Map<Function, Integer> numbers = new HashMap<>();

    /** A function of an instance, by its index there. */
    record Function(Instance instance, int index) {}

    /** The number of a value that an instance computed: its own, one that it got, or null. */
    int number(Instance holder, int value) {
        if (value < 0) {
            return value;
        }
        Function function = new Function(holder, value);
        Integer known = numbers.get(function);
        if (known == null) {
            known = FIRST - functions.size();
            functions.add(function);
            numbers.put(function, known);
        }
        return known;
    }

    /** The same for the first value of a global; other types than function references pass. */
    long global(Instance holder, CoreValueType type, long value) {
        return type == CoreValueType.FUNCREF ? number(holder, (int) value) : value;
    }

    static boolean isNumber(int value) {
        return value <= FIRST;
    }

    /** What a number stands for. */
    Function function(int number) {
        return functions.get(FIRST - number);
    }
}
