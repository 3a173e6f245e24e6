package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chicory's types and the SPI's, both ways. */
final class Types {

    private Types() {}

    static CoreValueType value(ValType type) {
        if (type.equals(ValType.I32)) {
            return CoreValueType.I32;
        } else if (type.equals(ValType.I64)) {
            return CoreValueType.I64;
        } else if (type.equals(ValType.F32)) {
            return CoreValueType.F32;
        } else if (type.equals(ValType.F64)) {
            return CoreValueType.F64;
        } else if (type.equals(ValType.V128)) {
            return CoreValueType.V128;
        } else if (type.equals(ValType.FuncRef)) {
            return CoreValueType.FUNCREF;
        } else if (type.equals(ValType.ExternRef)) {
            return CoreValueType.EXTERNREF;
        }
        return CoreValueType.OTHER_REF;
    }

    static CoreFunctionType function(FunctionType type) {
        return new CoreFunctionType(values(type.params()), values(type.returns()));
    }

    static FunctionType function(CoreFunctionType type) {
        return FunctionType.of(chicoryValues(type.parameters()), chicoryValues(type.results()));
    }

    private static List<CoreValueType> values(List<ValType> types) {
        List<CoreValueType> values = new ArrayList<>(types.size());
        for (ValType type : types) {
            values.add(value(type));
        }
        return values;
    }

    private static List<ValType> chicoryValues(List<CoreValueType> types) {
        List<ValType> values = new ArrayList<>(types.size());
        for (CoreValueType type : types) {
            values.add(value(type));
        }
        return values;
    }

    private static ValType value(CoreValueType type) {
        return switch (type) {
            case I32 -> ValType.I32;
            case I64 -> ValType.I64;
            case F32 -> ValType.F32;
            case F64 -> ValType.F64;
            case FUNCREF -> ValType.FuncRef;
            case EXTERNREF -> ValType.ExternRef;
            case V128, OTHER_REF ->
                throw new IllegalArgumentException("host functions with " + type + " are not offered by Chicory");
        };
    }

    static CoreExternType.Limits limits(MemoryLimits limits) {
        // Chicory keeps "no maximum" as the largest one, which says the same.
        return new CoreExternType.Limits(
                limits.initialPages(),
                limits.maximumPages() >= MemoryLimits.MAX_PAGES
                        ? Optional.empty()
                        : Optional.of((long) limits.maximumPages()));
    }

    static CoreExternType.Limits limits(TableLimits limits) {
        return new CoreExternType.Limits(
                limits.min(), limits.max() >= TableLimits.LIMIT_MAX ? Optional.empty() : Optional.of(limits.max()));
    }
}
