package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.runtime.internal.CompilerInterpreterMachine;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import java.util.Deque;

/**
 * What runs the functions of a compiled module that are too large for a JVM method; counts how deep they nest, as {@link
 * BoundedInterpreter} does. Generated code makes it, see {@link GateWriter}.
 */
public final class BoundedFallback extends CompilerInterpreterMachine {

    /** Takes over for functions of those indices. */
    public BoundedFallback(Instance instance, int[] functions) {
        super(instance, functions);
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
        ChicoryInstance.descend(instance, BoundedInterpreter.CALL_BYTES);
        try {
            return super.call(stack, instance, callStack, function, arguments, type, popResults);
        } finally {
            ChicoryInstance.ascend(instance, BoundedInterpreter.CALL_BYTES);
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
