package infrarust.wasm.component.canon;

import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * A local variable of generated code that holds one flat core value. Within a variant the variable may be wider than the value
 * that a case keeps in it; then pushing and storing convert, as {@code lift_flat_variant} and {@code lower_flat_variant} do.
 */
record Lane(CoreValueType type, int slot) {

    private static final ClassDesc FLOAT = ClassDesc.of("java.lang.Float");
    private static final ClassDesc DOUBLE = ClassDesc.of("java.lang.Double");
    private static final MethodTypeDesc FLOAT_TO_BITS = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_float);
    private static final MethodTypeDesc BITS_TO_FLOAT = MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int);
    private static final MethodTypeDesc DOUBLE_TO_BITS =
            MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_double);
    private static final MethodTypeDesc BITS_TO_DOUBLE =
            MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_long);

    static TypeKind kind(CoreValueType type) {
        return TypeKind.from(type.carrier());
    }

    /** A new variable with the value zero. */
    static Lane zero(CodeBuilder code, CoreValueType type) {
        Lane lane = new Lane(type, code.allocateLocal(kind(type)));
        switch (type) {
            case I64 -> code.lconst_0();
            case F32 -> code.fconst_0();
            case F64 -> code.dconst_0();
            default -> code.iconst_0();
        }
        code.storeLocal(kind(type), lane.slot);
        return lane;
    }

    /** A new variable with the value on the stack. */
    static Lane stored(CodeBuilder code, CoreValueType type) {
        Lane lane = new Lane(type, code.allocateLocal(kind(type)));
        code.storeLocal(kind(type), lane.slot);
        return lane;
    }

    /** Pushes the value as a core type that this lane can carry. */
    void push(CodeBuilder code, CoreValueType want) {
        code.loadLocal(kind(type), slot);
        if (type == want) {
            return;
        }
        if (type == CoreValueType.I64 && want != CoreValueType.F64) {
            code.l2i();
        }
        switch (want) {
            case F32 -> code.invokestatic(FLOAT, "intBitsToFloat", BITS_TO_FLOAT);
            case F64 -> code.invokestatic(DOUBLE, "longBitsToDouble", BITS_TO_DOUBLE);
            default -> {}
        }
    }

    /** Stores the value on the stack, which is of a core type that this lane can carry. */
    void store(CodeBuilder code, CoreValueType have) {
        if (type != have) {
            switch (have) {
                case F32 -> code.invokestatic(FLOAT, "floatToRawIntBits", FLOAT_TO_BITS);
                case F64 -> code.invokestatic(DOUBLE, "doubleToRawLongBits", DOUBLE_TO_BITS);
                default -> {}
            }
            if (type == CoreValueType.I64 && have != CoreValueType.F64) {
                // Zero-extended: the other side takes the low half.
                code.i2l().loadConstant(0xffff_ffffL).land();
            }
        }
        code.storeLocal(kind(type), slot);
    }

    /** Pushes an element of a slot array, as {@code CoreHostFunction} gets its arguments, as this core type. */
    static void fromSlot(CodeBuilder code, CoreValueType type, int array, int index) {
        code.aload(array).loadConstant(index).laload();
        switch (type) {
            case I32 -> code.l2i();
            case F32 -> code.l2i().invokestatic(FLOAT, "intBitsToFloat", BITS_TO_FLOAT);
            case F64 -> code.invokestatic(DOUBLE, "longBitsToDouble", BITS_TO_DOUBLE);
            default -> {}
        }
    }

    /** Puts this lane's value into an element of a slot array. */
    void toSlot(CodeBuilder code, int array, int index) {
        code.aload(array).loadConstant(index);
        code.loadLocal(kind(type), slot);
        switch (type) {
            case I32 -> code.i2l();
            case F32 ->
                code.invokestatic(FLOAT, "floatToRawIntBits", FLOAT_TO_BITS).i2l();
            case F64 -> code.invokestatic(DOUBLE, "doubleToRawLongBits", DOUBLE_TO_BITS);
            default -> {}
        }
        code.lastore();
    }
}
