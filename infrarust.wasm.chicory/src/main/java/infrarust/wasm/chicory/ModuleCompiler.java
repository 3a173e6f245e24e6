package infrarust.wasm.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compiles a module to JVM classes with the inner classes of Chicory's compiler, which it exports but does not promise: see
 * {@link SelfTest}.
 */
final class ModuleCompiler {

    /** Java allows 255 parameter slots; generated functions take two more and their entries one. */
    private static final int MAX_PARAMETER_SLOTS = 250;

    /**
     * Fewer than Chicory's own 12,288: each function has two methods here, and the names of so many overflow a class's constant
     * pool, as the 12,000 functions of a JavaScript engine do.
     */
    private static final int MAX_FUNCTIONS_PER_CLASS = 4_096;

    /** An instruction takes two to three bytes of bytecode on average, and never less than one and a half over so many. */
    private static final int TOO_MANY_INSTRUCTIONS = 44_000;

    /** Return address, saved registers and what the interpreter keeps beside locals and operands. */
    private static final int FRAME_BYTES = 112;

    private ModuleCompiler() {}

    /**
     * Compiles.
     *
     * @param module parsed and validated
     * @param references what its functions refer to
     * @param key names the package, so that stack traces tell modules apart
     */
    static CompiledCode compile(WasmModule module, List<Integer> references, ModuleKey key) {
        String machine = "wasm_" + key.hex() + ".Code";
        String gateName = "wasm_" + key.hex() + ".Gate";
        CompilerResult result = generate(module, machine);
        GateWriter writer = new GateWriter(gateName);
        Map<String, ClassModel> models = new HashMap<>();
        Map<String, ClassDesc> functions = new HashMap<>();
        Map<String, Integer> frames = new HashMap<>();
        // The keys mix dots and slashes: the names are taken from the classes.
        for (byte[] bytes : result.classBytes().values()) {
            ClassModel model = writer.parse(bytes);
            models.put(model.thisClass().asInternalName().replace('/', '.'), model);
            for (MethodModel method : model.methods()) {
                String name = method.methodName().stringValue();
                if (name.startsWith(GateWriter.FUNCTION)) {
                    functions.put(name, model.thisClass().asSymbol());
                    frames.put(name, frame(method));
                }
            }
        }
        CallGraph graph = new CallGraph(module, index -> frames.getOrDefault(GateWriter.FUNCTION + index, 0));
        Map<String, byte[]> classes = new HashMap<>();
        models.forEach((name, model) ->
                classes.put(name, name.endsWith("Shaded") ? writer.unchanged(model) : writer.redirect(model, graph)));
        classes.put(gateName, writer.gate(entries(module, functions).values()));
        List<Integer> interpreted =
                result.interpretedFunctions().stream().sorted().toList();
        refuseExceptionReferences(module, interpreted);
        return new CompiledCode(machine, gateName, interpreted, references, graph.entry(), classes);
    }

    /** The interpreter has references to exceptions of its own, which are not ours and not right ({@link CaughtExceptions}). */
    private static void refuseExceptionReferences(WasmModule module, List<Integer> interpreted) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        for (int index : interpreted) {
            if (refersToExceptions(module.codeSection().getFunctionBody(index - imported))) {
                throw new CoreModuleException("function " + index
                        + " is too large to compile and uses references to exceptions (throw_ref), which are not"
                        + " interpreted");
            }
        }
    }

    static boolean refersToExceptions(FunctionBody body) {
        return body.instructions().stream().anyMatch(instruction -> instruction.opcode() == OpCode.THROW_REF);
    }

    private static CompilerResult generate(WasmModule module, String machine) {
        Set<Integer> tooLarge = surelyTooLarge(module);
        if (!tooLarge.isEmpty()) {
            try {
                return Compiler.builder(module)
                        .withClassName(machine)
                        .withMaxFunctionsPerClass(MAX_FUNCTIONS_PER_CLASS)
                        .withInterpretedFunctions(tooLarge)
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withClassCollectorFactory(ByteClassCollector::new)
                        .build()
                        .compile();
            } catch (ChicoryException e) {
                // One more does not fit, or something else is wrong: the long way finds out and says so.
            }
        }
        return Compiler.builder(module)
                .withClassName(machine)
                .withMaxFunctionsPerClass(MAX_FUNCTIONS_PER_CLASS)
                .withInterpreterFallback(InterpreterFallback.SILENT)
                .withClassCollectorFactory(ByteClassCollector::new)
                .build()
                .compile();
    }

    /**
     * Functions that cannot fit into 64 KiB of bytecode. Chicory finds out by trying, and starts anew each time that one does not
     * fit, so that a module with seven of them would be compiled eight times.
     */
    private static Set<Integer> surelyTooLarge(WasmModule module) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
            if (module.codeSection().getFunctionBody(i).instructions().size() > TOO_MANY_INSTRUCTIONS) {
                found.add(imported + i);
            }
        }
        return found;
    }

    /** Bytes of a frame in HotSpot's interpreter, which are more than compiled code takes. */
    private static int frame(MethodModel method) {
        return method.findAttribute(Attributes.code())
                .map(code -> 8 * (code.maxLocals() + code.maxStack()) + FRAME_BYTES)
                .orElse(0);
    }

    private static Map<Integer, GateWriter.Entry> entries(WasmModule module, Map<String, ClassDesc> functions) {
        Map<Integer, GateWriter.Entry> entries = new TreeMap<>();
        int imported = module.importSection().count(ExternalType.FUNCTION);
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            int index = export.index();
            if (export.exportType() != ExternalType.FUNCTION || index < imported) {
                continue;
            }
            CoreFunctionType type = Types.function(
                    module.typeSection().getType(module.functionSection().getFunctionType(index - imported)));
            ClassDesc owner = functions.get(GateWriter.FUNCTION + index);
            if (owner != null && hasEntry(type)) {
                entries.put(index, new GateWriter.Entry(index, type, owner, GateWriter.FUNCTION + index));
            }
        }
        return entries;
    }

    private static boolean hasEntry(CoreFunctionType type) {
        int slots = 0;
        for (CoreValueType parameter : type.parameters()) {
            if (!isNumber(parameter)) {
                return false;
            }
            slots += parameter == CoreValueType.I64 || parameter == CoreValueType.F64 ? 2 : 1;
        }
        return slots <= MAX_PARAMETER_SLOTS
                && type.results().size() <= 1
                && type.results().stream().allMatch(ModuleCompiler::isNumber);
    }

    private static boolean isNumber(CoreValueType type) {
        return switch (type) {
            case I32, I64, F32, F64 -> true;
            case V128, FUNCREF, EXTERNREF, OTHER_REF -> false;
        };
    }
}
