package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Deque;

/** Chicory's interpreter, which counts how deep the guest's calls nest. */
final class BoundedInterpreter extends InterpreterMachine {

    /** Java frames of one guest call: Chicory's {@code call}, {@code eval} and {@code CALL}. */
    static final int CALL_BYTES = 768;

    private final ChicoryStore store;

    BoundedInterpreter(Instance instance, ChicoryStore store) {
        super(instance);
        this.store = store;
    }

    @Override
    protected long[] call(
            MStack stack,
            Instance instance,
            Deque<StackFrame> callStack,
            int function,
            long[] arguments,
            FunctionType type,
            boolean popResults) {
        store.descend(CALL_BYTES);
        try {
            return super.call(stack, instance, callStack, function, arguments, type, popResults);
        } finally {
            store.ascend(CALL_BYTES);
        }
    }
}
