package infrarust.wasm.component.validate;

import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.spi.CoreValueType;
import java.util.List;

/** Sizes and flat forms of value types (CanonicalABI.md, "Element Size", "Flattening"), as far as validation asks for them. */
final class Sizes {

    /** A value type occupies less than this (Binary.md, notes on {@code defvaltype}). */
    static final long LIMIT = 1 << 28;

    /** More flat parameters than this travel through memory. */
    static final int MAX_FLAT_PARAMETERS = 16;

    /** The same for calls that the caller takes for a task. */
    static final int MAX_FLAT_ASYNC_PARAMETERS = 4;

    /** How far flattening goes: what is longer is not told apart. */
    private static final int MAX_FLAT = MAX_FLAT_PARAMETERS + 1;

    private Sizes() {}

    /** Alignment in a memory with 64-bit addresses; the parts know theirs. */
    static int alignment(ValueType type) {
        return switch (type.kind()) {
            case NONE -> 1;
            case PRIMITIVE -> primitiveAlignment(type);
            case LIST, MAP -> 8;
            case OWN, BORROW, STREAM, FUTURE -> 4;
            case FLAGS -> flagsSize(type.labels().size());
            case RECORD, TUPLE, FIXED_LIST -> partsAlignment(type);
            case ENUM, VARIANT, OPTION, RESULT -> Math.max(discriminantSize(type), partsAlignment(type));
        };
    }

    private static int partsAlignment(ValueType type) {
        int alignment = 1;
        for (int i = 0; i < type.parts().size(); i++) {
            alignment = Math.max(alignment, type.parts().get(i).alignment());
        }
        return alignment;
    }

    /** Size in a memory with 64-bit addresses, or {@link #LIMIT} if it is as large or larger. */
    static long size(ValueType type) {
        long size = switch (type.kind()) {
            case NONE -> 0;
            case PRIMITIVE -> type.primitive() == Primitive.STRING ? 16 : primitiveAlignment(type);
            case LIST, MAP -> 16;
            case OWN, BORROW, STREAM, FUTURE -> 4;
            case FLAGS -> flagsSize(type.labels().size());
            case RECORD, TUPLE -> {
                long sum = 0;
                for (int i = 0; i < type.parts().size(); i++) {
                    ValueType part = type.parts().get(i);
                    sum = align(sum, part.alignment()) + part.size();
                }
                yield align(sum, type.alignment());
            }
            // Both factors are below 2^31 and 2^29.
            case FIXED_LIST -> type.parts().getFirst().size() * type.length();
            case ENUM, VARIANT, OPTION, RESULT -> {
                long largest = 0;
                for (int i = 0; i < type.parts().size(); i++) {
                    largest = Math.max(largest, type.parts().get(i).size());
                }
                yield align(align(discriminantSize(type), partsAlignment(type)) + largest, type.alignment());
            }
        };
        return Math.min(size, LIMIT);
    }

    private static long align(long offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    private static int primitiveAlignment(ValueType type) {
        Primitive primitive = type.primitive();
        if (primitive == null) {
            throw new IllegalStateException("a primitive type without its primitive");
        }
        return switch (primitive) {
            case BOOL, S8, U8 -> 1;
            case S16, U16 -> 2;
            case S32, U32, F32, CHAR -> 4;
            case S64, U64, F64, STRING -> 8;
        };
    }

    private static int flagsSize(int labels) {
        return labels <= 8 ? 1 : labels <= 16 ? 2 : 4;
    }

    private static int discriminantSize(ValueType type) {
        int cases = type.kind() == ValueType.Kind.ENUM
                ? type.labels().size()
                : type.kind() == ValueType.Kind.VARIANT ? type.parts().size() : 2;
        return cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
    }

    /** Appends the core values that stand for a value, up to one more than ever fit. */
    static void flatten(ValueType type, List<CoreValueType> flat, Effort effort, int offset) {
        if (flat.size() >= MAX_FLAT) {
            return;
        }
        effort.spend(offset);
        switch (type.kind()) {
            case NONE -> {}
            case PRIMITIVE -> primitive(type.primitive(), flat);
            case LIST, MAP -> {
                flat.add(CoreValueType.I32);
                flat.add(CoreValueType.I32);
            }
            case OWN, BORROW, STREAM, FUTURE, FLAGS, ENUM -> flat.add(CoreValueType.I32);
            case RECORD, TUPLE -> {
                for (int i = 0; i < type.parts().size() && flat.size() < MAX_FLAT; i++) {
                    flatten(type.parts().get(i), flat, effort, offset);
                }
            }
            case FIXED_LIST -> {
                for (int i = 0; i < type.length() && flat.size() < MAX_FLAT; i++) {
                    flatten(type.parts().getFirst(), flat, effort, offset);
                }
            }
            case VARIANT, OPTION, RESULT -> {
                flat.add(CoreValueType.I32);
                int start = flat.size();
                for (int i = 0; i < type.parts().size(); i++) {
                    join(type.parts().get(i), flat, start, effort, offset);
                }
            }
        }
    }

    /** Joins the flat form of a payload with what other payloads need from {@code start} on. */
    private static void join(ValueType payload, List<CoreValueType> flat, int start, Effort effort, int offset) {
        List<CoreValueType> other = new java.util.ArrayList<>();
        flatten(payload, other, effort, offset);
        for (int i = 0; i < other.size(); i++) {
            int at = start + i;
            if (at == flat.size()) {
                flat.add(other.get(i));
            } else if (flat.get(at) != other.get(i)) {
                boolean narrow = isNarrow(flat.get(at)) && isNarrow(other.get(i));
                flat.set(at, narrow ? CoreValueType.I32 : CoreValueType.I64);
            }
        }
    }

    private static boolean isNarrow(CoreValueType type) {
        return type == CoreValueType.I32 || type == CoreValueType.F32;
    }

    private static void primitive(@org.jspecify.annotations.Nullable Primitive primitive, List<CoreValueType> flat) {
        if (primitive == null) {
            throw new IllegalStateException("a primitive type without its primitive");
        }
        switch (primitive) {
            case S64, U64 -> flat.add(CoreValueType.I64);
            case F32 -> flat.add(CoreValueType.F32);
            case F64 -> flat.add(CoreValueType.F64);
            case STRING -> {
                flat.add(CoreValueType.I32);
                flat.add(CoreValueType.I32);
            }
            default -> flat.add(CoreValueType.I32);
        }
    }
}
