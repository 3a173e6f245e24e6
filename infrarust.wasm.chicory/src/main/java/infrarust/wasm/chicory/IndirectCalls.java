package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code call_indirect} of interpreted code. Chicory's interpreter takes the number of the caller's type for one of the callee's
 * module, and cannot be taught otherwise; an instruction that it does not know it leaves to its subclasses, and so each {@code
 * call_indirect} is given to it under another opcode.
 */
final class IndirectCalls {

    /** A vector instruction: modules that have any are refused. */
    private static final OpCode OPCODE = OpCode.V128_NOT;

    private IndirectCalls() {}

    /** What is called. */
    record Target(Instance callee, int function, FunctionType type) {

        /** Lets whoever runs the callee call it, and leaves the results on the caller's stack. */
        void call(MStack stack, long[] arguments) {
            long[] results = callee.getMachine().call(function, arguments);
            if (results != null) {
                for (long result : results) {
                    stack.push(result);
                }
            }
        }
    }

    static boolean is(Instruction instruction) {
        return instruction.opcode() == OPCODE;
    }

    /**
     * Looks up the function and compares its type with the one that the caller names.
     *
     * @param type index in the caller's module
     * @param element index in the table
     */
    static Target target(Instance caller, int type, int tableIndex, int element) {
        TableInstance table = caller.table(tableIndex);
        int function = table.requiredRef(element);
        Instance holder = table.instance(element);
        Instance callee = holder == null ? caller : holder;
        FunctionType expected = caller.type(type);
        if (!callee.type(callee.functionType(function)).equals(expected)) {
            throw new TrapException("indirect call type mismatch");
        }
        return new Target(callee, function, expected);
    }

    /** The module with that opcode in place of the other. */
    static WasmModule replaced(WasmModule module) {
        CodeSection.Builder code =
                CodeSection.builder().setRequiresDataCount(module.codeSection().isRequiresDataCount());
        for (FunctionBody body : module.codeSection().functionBodies()) {
            code.addFunctionBody(replaced(body));
        }
        WasmModule.Builder copy = WasmModule.builder()
                .withValidation(false)
                .setTypeSection(module.typeSection())
                .setImportSection(module.importSection())
                .setFunctionSection(module.functionSection())
                .setTableSection(module.tableSection())
                .setGlobalSection(module.globalSection())
                .setExportSection(module.exportSection())
                .setElementSection(module.elementSection())
                .setCodeSection(code.build())
                .setDataSection(module.dataSection());
        module.memorySection().ifPresent(copy::setMemorySection);
        module.startSection().ifPresent(copy::setStartSection);
        module.dataCountSection().ifPresent(copy::setDataCountSection);
        module.tagSection().ifPresent(copy::setTagSection);
        return copy.build();
    }

    private static FunctionBody replaced(FunctionBody body) {
        List<AnnotatedInstruction> instructions =
                new ArrayList<>(body.instructions().size());
        for (AnnotatedInstruction instruction : body.instructions()) {
            instructions.add(
                    instruction.opcode() == OpCode.CALL_INDIRECT
                            ? AnnotatedInstruction.builder()
                                    .from(new Instruction(instruction.address(), OPCODE, instruction.operands()))
                                    .withDepth(instruction.depth())
                                    .build()
                            : instruction);
        }
        return new FunctionBody(body.localTypes(), instructions);
    }
}
