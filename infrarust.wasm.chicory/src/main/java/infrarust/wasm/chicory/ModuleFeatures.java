package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreModuleException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which proposals a module uses, as far as Chicory parses them and we do not offer them. */
final class ModuleFeatures {

    private static final Map<OpCode, CoreFeature> BY_OPCODE = byOpcode();

    private ModuleFeatures() {}

    private static Map<OpCode, CoreFeature> byOpcode() {
        Map<OpCode, CoreFeature> features = new EnumMap<>(OpCode.class);
        for (OpCode opcode : OpCode.values()) {
            String name = opcode.name();
            if (name.contains("ATOMIC")) {
                features.put(opcode, CoreFeature.THREADS);
            } else if (name.matches("(V128|[IF]\\d+x\\d+)_.*")) {
                features.put(opcode, CoreFeature.SIMD);
            } else if (name.startsWith("RETURN_CALL")) {
                features.put(opcode, CoreFeature.TAIL_CALLS);
            } else if (name.matches("(STRUCT|ARRAY|I31)_.*|.*CAST.*|REF_(EQ|I31|TEST|TEST_NULL|AS_NON_NULL)|"
                    + "BR_ON_(NON_)?NULL|CALL_REF|(ANY|EXTERN)_CONVERT_.*")) {
                // Typed function references have no name of their own in the SPI; they came with garbage collection.
                features.put(opcode, CoreFeature.GC);
            }
        }
        return features;
    }

    /**
     * Refuses a module that uses what is not offered.
     *
     * @throws CoreModuleException naming every such feature
     */
    static void require(WasmModule module, Set<CoreFeature> offered) {
        Set<CoreFeature> used = EnumSet.noneOf(CoreFeature.class);
        for (FunctionType type : module.typeSection().types()) {
            if (type == null) {
                used.add(CoreFeature.GC);
            } else {
                types(type.params(), used);
                types(type.returns(), used);
            }
        }
        module.memorySection().ifPresent(memories -> {
            for (int i = 0; i < memories.memoryCount(); i++) {
                if (memories.getMemory(i).limits().shared()) {
                    used.add(CoreFeature.THREADS);
                }
            }
        });
        module.importSection().stream().forEach(imported -> {
            if (imported instanceof MemoryImport memory && memory.limits().shared()) {
                used.add(CoreFeature.THREADS);
            }
        });
        for (FunctionBody body : module.codeSection().functionBodies()) {
            types(body.localTypes(), used);
            for (AnnotatedInstruction instruction : body.instructions()) {
                CoreFeature feature = BY_OPCODE.get(instruction.opcode());
                if (feature != null) {
                    used.add(feature);
                }
            }
        }
        used.removeAll(offered);
        if (!used.isEmpty()) {
            throw new CoreModuleException("the module uses " + used + ", which this engine does not offer");
        }
    }

    private static void types(List<ValType> types, Set<CoreFeature> used) {
        if (types.contains(ValType.V128)) {
            used.add(CoreFeature.SIMD);
        }
    }
}
