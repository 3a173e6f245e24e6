package infrarust.wasm.component.mapping;

import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.value.Value;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes {@link Value}s apart and puts them together, for {@link ValueMapper}. A value of the wrong kind is refused. */
final class ValueHandles {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private ValueHandles() {}

    /** A method of this class with its first arguments given. */
    static DeferredHandle method(MethodType type, String name, Object... first) {
        return method(type, ValueHandles.class, LOOKUP, name, first);
    }

    /** A method of a class with its first arguments given; its type but for those is {@code type}. */
    static DeferredHandle method(
            MethodType type, Class<?> owner, MethodHandles.Lookup lookup, String name, Object... first) {
        return new DeferredHandle(type, () -> {
            for (Method method : owner.getDeclaredMethods()) {
                if (method.getName().equals(name)) {
                    return MethodHandles.insertArguments(unreflect(lookup, method), 0, first)
                            .asType(type);
                }
            }
            throw new LinkageError("no method " + name);
        });
    }

    private static MethodHandle unreflect(MethodHandles.Lookup lookup, Method method) {
        try {
            return lookup.unreflect(method);
        } catch (IllegalAccessException e) {
            throw new LinkageError("a method of the class whose lookup this is", e);
        }
    }

    /** The constructor of a value with one component: {@code (component) -> Object}. */
    static DeferredHandle constructor(Class<?> type, Class<?> component) {
        MethodType made = MethodType.methodType(Object.class, component);
        return new DeferredHandle(made, () -> {
            try {
                return LOOKUP.findConstructor(type, MethodType.methodType(void.class, component))
                        .asType(made);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a record of ours", e);
            }
        });
    }

    private static IllegalArgumentException not(String type, Object value) {
        return new IllegalArgumentException("a value of type " + type + " is expected instead of " + value);
    }

    static boolean bool(Object value) {
        if (value instanceof Value.Bool(boolean v)) {
            return v;
        }
        throw not("bool", value);
    }

    static byte s8(Object value) {
        if (value instanceof Value.S8(byte v)) {
            return v;
        }
        throw not("s8", value);
    }

    static short s16(Object value) {
        if (value instanceof Value.S16(short v)) {
            return v;
        }
        throw not("s16", value);
    }

    static int s32(Object value) {
        if (value instanceof Value.S32(int v)) {
            return v;
        }
        throw not("s32", value);
    }

    static long s64(Object value) {
        if (value instanceof Value.S64(long v)) {
            return v;
        }
        throw not("s64", value);
    }

    static int u8(Object value) {
        if (value instanceof Value.U8(int v)) {
            return v;
        }
        throw not("u8", value);
    }

    static int u16(Object value) {
        if (value instanceof Value.U16(int v)) {
            return v;
        }
        throw not("u16", value);
    }

    static int u32(Object value) {
        if (value instanceof Value.U32(int v)) {
            return v;
        }
        throw not("u32", value);
    }

    static long u64(Object value) {
        if (value instanceof Value.U64(long v)) {
            return v;
        }
        throw not("u64", value);
    }

    static float f32(Object value) {
        if (value instanceof Value.F32(float v)) {
            return v;
        }
        throw not("f32", value);
    }

    static double f64(Object value) {
        if (value instanceof Value.F64(double v)) {
            return v;
        }
        throw not("f64", value);
    }

    static int character(Object value) {
        if (value instanceof Value.Char(int v)) {
            return v;
        }
        throw not("char", value);
    }

    static String string(Object value) {
        if (value instanceof Value.Text(String v)) {
            return v;
        }
        throw not("string", value);
    }

    static List<?> list(Object value) {
        if (value instanceof Value.ListOf(List<Value> v)) {
            return v;
        }
        throw not("list", value);
    }

    static Map<?, ?> map(Object value) {
        if (value instanceof Value.MapOf(Map<Value, Value> v)) {
            return v;
        }
        throw not("map", value);
    }

    static Object representation(Object value) {
        if (value instanceof Value.Resource(Object v)) {
            return v;
        }
        throw not("resource", value);
    }

    // Records and tuples

    static Object field(WitType.RecordOf type, int index, Object value) {
        if (value instanceof Value.RecordOf(Map<String, Value> fields)
                && fields.size() == type.fields().size()) {
            Value field = fields.get(type.fields().get(index).name());
            if (field != null) {
                return field;
            }
        }
        throw not(type.toString(), value);
    }

    static Object newRecord(WitType.RecordOf type, Object[] values) {
        Map<String, Value> fields = LinkedHashMap.newLinkedHashMap(values.length);
        for (int i = 0; i < values.length; i++) {
            fields.put(type.fields().get(i).name(), (Value) values[i]);
        }
        return new Value.RecordOf(fields);
    }

    static Object element(WitType.Tuple type, int index, Object value) {
        if (value instanceof Value.Tuple(List<Value> elements)
                && elements.size() == type.elements().size()) {
            return elements.get(index);
        }
        throw not(type.toString(), value);
    }

    static Object newTuple(WitType.Tuple type, Object[] values) {
        List<Value> elements = new ArrayList<>(values.length);
        for (Object value : values) {
            elements.add((Value) value);
        }
        return new Value.Tuple(elements);
    }

    // Cases: the number of the case that a value is of, checked for the payload

    static int caseOf(WitType type, Map<String, Integer> numbers, boolean[] payloads, Object value) {
        Integer number = numbers.get(caseName(value));
        if (number == null || payloadIfAny(value).isPresent() != payloads[number]) {
            throw not(type.toString(), value);
        }
        return number;
    }

    private static String caseName(Object value) {
        return switch (value) {
            case Value.Variant variant -> variant.name();
            case Value.Enumeration enumeration -> enumeration.name();
            case Value.Option option -> option.some().isPresent() ? "some" : "none";
            case Value.Ok _ -> "ok";
            case Value.Err _ -> "error";
            default -> "";
        };
    }

    private static Optional<Value> payloadIfAny(Object value) {
        return switch (value) {
            case Value.Variant variant -> variant.payload();
            case Value.Option option -> option.some();
            case Value.Ok ok -> ok.value();
            case Value.Err error -> error.error();
            default -> Optional.empty();
        };
    }

    static Object payloadOf(Object value) {
        return payloadIfAny(value).orElseThrow();
    }

    static Object newVariant(String name, Object payload) {
        return new Value.Variant(name, Optional.of((Value) payload));
    }

    static Object some(Object value) {
        return Value.Option.some((Value) value);
    }

    static Object ok(Object value) {
        return new Value.Ok(Optional.of((Value) value));
    }

    static Object error(Object value) {
        return new Value.Err(Optional.of((Value) value));
    }

    // Flags

    static int bits(WitType.Flags type, Object value) {
        if (!(value instanceof Value.Flags(Set<String> names))) {
            throw not(type.toString(), value);
        }
        int bits = 0;
        for (String name : names) {
            int bit = type.labels().indexOf(name);
            if (bit < 0) {
                throw not(type.toString(), value);
            }
            bits |= 1 << bit;
        }
        return bits;
    }

    /** Bits beyond the labels say nothing (CanonicalABI.md, unpack_flags_from_int). */
    static Object flags(WitType.Flags type, int bits) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < type.labels().size(); i++) {
            if ((bits & 1 << i) != 0) {
                names.add(type.labels().get(i));
            }
        }
        return new Value.Flags(names);
    }
}
