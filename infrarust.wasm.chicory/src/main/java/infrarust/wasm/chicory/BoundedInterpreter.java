package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
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

    @Override
    protected void evalDefault(
            MStack stack, Instance instance, Deque<StackFrame> callStack, Instruction instruction, Operands operands) {
        if (!IndirectCalls.is(instruction)) {
            super.evalDefault(stack, instance, callStack, instruction, operands);
            return;
        }
        IndirectCalls.Target target =
                IndirectCalls.target(instance, (int) operands.get(0), (int) operands.get(1), (int) stack.pop());
        long[] arguments = extractArgsForParams(stack, target.type().params());
        if (useCurrentInstanceInterpreter(instance, target.callee(), target.function())) {
            // The results stay where the caller looks for them.
            call(stack, instance, callStack, target.function(), arguments, null, false);
        } else {
            target.call(stack, arguments);
        }
    }
}
