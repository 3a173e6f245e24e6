package infrarust.wasm.component.mapping;

import infrarust.wasm.component.type.WitType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types with parts between two guests: fields in an array, a case as its number and payload. No embedder sees them. */
final class BareFields {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType UNARY = MethodType.methodType(Object.class, Object.class);

    private BareFields() {}

    /** A case of a variant, enum, option or result. */
    private record Case(int number, Object payload) {}

    static Mapping of(WitType type, List<Mapping> fields) {
        List<DeferredHandle> accessors = new ArrayList<>();
        List<Class<?>> carriers = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            int index = i;
            Class<?> carrier = fields.get(i).carrier();
            carriers.add(carrier);
            MethodType accessor = MethodType.methodType(carrier, Object.class);
            accessors.add(new DeferredHandle(
                    accessor,
                    () -> MethodHandles.insertArguments(MethodHandles.arrayElementGetter(Object[].class), 1, index)
                            .asType(accessor)));
        }
        MethodType constructor = MethodType.methodType(Object.class, carriers);
        return new Mapping.Fields(
                type,
                fields,
                accessors,
                new DeferredHandle(
                        constructor,
                        () -> MethodHandles.identity(Object[].class)
                                .asCollector(Object[].class, fields.size())
                                .asType(constructor)));
    }

    static Mapping tagged(WitType type, List<Optional<Mapping>> payloads) {
        List<DeferredHandle> constructors = new ArrayList<>();
        for (int i = 0; i < payloads.size(); i++) {
            constructors.add(payloads.get(i).isPresent() ? method(UNARY, "newCase", i) : constant(new Case(i, "")));
        }
        return new Mapping.Tagged(
                type,
                payloads,
                method(MethodType.methodType(int.class, Object.class), "caseOf"),
                method(UNARY, "payloadOf"),
                constructors);
    }

    /** A handle that answers one value: {@code () -> Object}. */
    static DeferredHandle constant(Object value) {
        return new DeferredHandle(
                MethodType.methodType(Object.class), () -> MethodHandles.constant(Object.class, value));
    }

    private static DeferredHandle method(MethodType type, String name, Object... first) {
        return ValueHandles.method(type, BareFields.class, LOOKUP, name, first);
    }

    static Object newCase(int number, Object payload) {
        return new Case(number, payload);
    }

    static int caseOf(Object value) {
        return ((Case) value).number;
    }

    static Object payloadOf(Object value) {
        return ((Case) value).payload;
    }
}
