package infrarust.wasm.component.mapping;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.type.WitType.Primitive;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares WIT types with Java types and answers the {@link Mapping}. Used by one thread, for one component. */
public final class TypeMapper {

    /** Which way values of a type travel. */
    public enum Direction {
        TO_GUEST,
        FROM_GUEST
    }

    /** Hashed by the Java side alone, which nearly always tells: to hash a deep WIT type costs more than to map it. */
    @SuppressWarnings("ReferenceEquality") // only to be quick about what is equal most of the time
    private record Key(WitType wit, Type java, Direction direction) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && direction == key.direction
                    && java.equals(key.java)
                    && (wit == key.wit || wit.equals(key.wit));
        }

        @Override
        public int hashCode() {
            return java.hashCode() * 31 + direction.hashCode();
        }
    }

    private final MethodHandles.Lookup lookup;
    private final Function<ResourceType, Optional<Class<?>>> resources;
    private final Map<Key, Mapping> known = new HashMap<>();

    /**
     * Makes a mapper.
     *
     * @param lookup sees the Java types
     * @param resources the Java type of each resource, as far as there is one
     */
    public TypeMapper(MethodHandles.Lookup lookup, Function<ResourceType, Optional<Class<?>>> resources) {
        this.lookup = lookup;
        this.resources = resources;
    }

    /**
     * The mapping of a type.
     *
     * @param place where it is, for the error: function, parameter, field
     * @throws ComponentException if the Java type does not fit
     */
    public Mapping map(WitType wit, Type java, Direction direction, String place) {
        Key key = new Key(wit, java, direction);
        Mapping mapping = known.get(key);
        if (mapping == null) {
            mapping = compare(wit, java, direction, place);
            known.put(key, mapping);
        }
        return mapping;
    }

    private Mapping compare(WitType wit, Type java, Direction direction, String place) {
        return switch (wit) {
            case Primitive primitive -> scalar(primitive, java, place);
            case WitType.ListOf list -> list(list, java, direction, place);
            case WitType.FixedListOf list -> fixedList(list, java, direction, place);
            case WitType.MapOf map -> entries(map, java, direction, place);
            case WitType.RecordOf type ->
                fields(
                        type,
                        type.fields().stream().map(WitType.Field::type).toList(),
                        type.fields().stream().map(WitType.Field::name).toList(),
                        java,
                        direction,
                        place);
            case WitType.Tuple type -> fields(type, type.elements(), List.of(), java, direction, place);
            case WitType.Variant type -> cases(type, java, direction, place);
            case WitType.Enumeration type -> constants(type, java, place);
            case WitType.Flags type -> flags(type, java, place);
            case WitType.Option type -> option(type, java, direction, place);
            case WitType.Result type -> result(type, java, direction, place);
            case WitType.Own(ResourceType resource) -> handle(wit, resource, true, java, place);
            case WitType.Borrow(ResourceType resource) -> handle(wit, resource, false, java, place);
        };
    }

    private static ComponentException mismatch(String place, WitType wit, Type java, String expected) {
        return new ComponentException(place + ": the component has " + wit + ", the Java type is " + java.getTypeName()
                + "; expected " + expected);
    }

    /** The carrier of a scalar; also what boxes to the type argument of a list or option. */
    static Class<?> scalarCarrier(Primitive primitive) {
        return switch (primitive) {
            case BOOL -> boolean.class;
            case S8 -> byte.class;
            case S16 -> short.class;
            case U8, U16, S32, U32, CHAR -> int.class;
            case S64, U64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case STRING -> String.class;
        };
    }

    private static Mapping scalar(Primitive primitive, Type java, String place) {
        Class<?> carrier = scalarCarrier(primitive);
        Class<?> box = MethodType.methodType(carrier).wrap().returnType();
        if (java != carrier && java != box) {
            throw mismatch(place, primitive, java, carrier.getSimpleName());
        }
        return primitive == Primitive.STRING ? new Mapping.Text() : new Mapping.Scalar(primitive, carrier);
    }

    private Mapping list(WitType.ListOf list, Type java, Direction direction, String place) {
        if (list.element() == Primitive.U8) {
            if (java == byte[].class || java == ByteBuffer.class) {
                return new Mapping.Bytes(list, (Class<?>) java);
            }
            throw mismatch(place, list, java, "byte[] or ByteBuffer");
        }
        if (java instanceof ParameterizedType type && type.getRawType() == List.class) {
            return new Mapping.Elements(
                    list, map(list.element(), type.getActualTypeArguments()[0], direction, place + ", element"));
        }
        throw mismatch(place, list, java, "a java.util.List");
    }

    private Mapping fixedList(WitType.FixedListOf list, Type java, Direction direction, String place) {
        if (list.element() == Primitive.U8) {
            if (java == byte[].class) {
                return new Mapping.FixedBytes(list);
            }
            throw mismatch(place, list, java, "byte[]");
        }
        if (java instanceof ParameterizedType type && type.getRawType() == List.class) {
            return new Mapping.FixedElements(
                    list, map(list.element(), type.getActualTypeArguments()[0], direction, place + ", element"));
        }
        throw mismatch(place, list, java, "a java.util.List");
    }

    private Mapping entries(WitType.MapOf map, Type java, Direction direction, String place) {
        if (!(java instanceof ParameterizedType type) || type.getRawType() != Map.class) {
            throw mismatch(place, map, java, "a java.util.Map");
        }
        Mapping key = map(map.key(), type.getActualTypeArguments()[0], direction, place + ", key");
        Mapping value = map(map.value(), type.getActualTypeArguments()[1], direction, place + ", value");
        return new Mapping.Entries(
                map,
                new Mapping.Fields(
                        map.entry(),
                        List.of(key, value),
                        List.of(Access.entry("getKey", key.carrier()), Access.entry("getValue", value.carrier())),
                        Access.newEntry(key.carrier(), value.carrier())));
    }

    private Mapping fields(
            WitType wit, List<WitType> types, List<String> names, Type java, Direction direction, String place) {
        if (!(java instanceof Class<?> type) || !type.isRecord()) {
            throw mismatch(place, wit, java, "a Java record");
        }
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != types.size()) {
            throw mismatch(place, wit, java, "a Java record with " + types.size() + " components");
        }
        List<Mapping> fields = new ArrayList<>();
        List<DeferredHandle> accessors = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String name = names.isEmpty() ? String.valueOf(i) : names.get(i);
            String field = place + ", field " + name;
            if (!names.isEmpty()
                    && !Names.matches(component.getAccessor(), component.getName(), name, Names.camel(name))) {
                throw new ComponentException(field + ": component " + (i + 1) + " of " + type.getName() + " is called "
                        + component.getName() + "; expected " + Names.camel(name));
            }
            Mapping mapping = map(types.get(i), component.getGenericType(), direction, field);
            fields.add(mapping);
            accessors.add(accessor(component, mapping));
        }
        return new Mapping.Fields(wit, fields, accessors, constructor(type, fields));
    }

    private DeferredHandle accessor(RecordComponent component, Mapping mapping) {
        return Access.accessor(lookup, component.getAccessor(), MethodType.methodType(mapping.carrier(), Object.class));
    }

    private DeferredHandle constructor(Class<?> type, List<Mapping> fields) {
        List<Class<?>> carriers = new ArrayList<>();
        fields.forEach(field -> carriers.add(field.carrier()));
        return Access.constructor(lookup, type, MethodType.methodType(Object.class, carriers));
    }

    private Mapping cases(WitType.Variant wit, Type java, Direction direction, String place) {
        if (!(java instanceof Class<?> type) || !type.isSealed()) {
            throw mismatch(place, wit, java, "a sealed interface");
        }
        List<Class<?>> permitted = new ArrayList<>(Arrays.asList(type.getPermittedSubclasses()));
        List<Mapping.JavaCase> cases = new ArrayList<>();
        for (WitType.Case wanted : wit.cases()) {
            String casePlace = place + ", case " + wanted.name();
            String javaName = Names.pascal(wanted.name());
            Class<?> javaCase = permitted.stream()
                    .filter(c -> Names.matches(c, c.getSimpleName(), wanted.name(), javaName))
                    .findFirst()
                    .orElseThrow(() -> mismatch(casePlace, wit, java, "a permitted record called " + javaName));
            permitted.remove(javaCase);
            cases.add(javaCase(wit, wanted, javaCase, direction, casePlace));
        }
        if (!permitted.isEmpty()) {
            throw mismatch(
                    place,
                    wit,
                    java,
                    "no other case than those, but it permits "
                            + permitted.getFirst().getSimpleName());
        }
        return new Mapping.Cases(wit, cases);
    }

    private Mapping.JavaCase javaCase(
            WitType.Variant wit, WitType.Case wanted, Class<?> javaCase, Direction direction, String place) {
        int expected = wanted.payload().isPresent() ? 1 : 0;
        if (!javaCase.isRecord() || javaCase.getRecordComponents().length != expected) {
            throw mismatch(
                    place,
                    wit,
                    javaCase,
                    expected == 1 ? "a record with one component" : "a record without components");
        }
        if (wanted.payload().isEmpty()) {
            DeferredHandle constructor = constructor(javaCase, List.of());
            return new Mapping.JavaCase.Plain(javaCase, new DeferredValue(() -> only(constructor, javaCase, place)));
        }
        RecordComponent component = javaCase.getRecordComponents()[0];
        Mapping payload = map(wanted.payload().get(), component.getGenericType(), direction, place);
        return new Mapping.JavaCase.WithPayload(
                javaCase, payload, accessor(component, payload), constructor(javaCase, List.of(payload)));
    }

    /** The value of a record without components. */
    private static Object only(DeferredHandle constructor, Class<?> javaCase, String place) {
        try {
            return constructor.get().invoke();
        } catch (Throwable e) {
            // A handle may throw anything; a constructor without parameters that does is a defect of the embedder's
            // type.
            throw new ComponentException(place + ": the constructor of " + javaCase.getName() + " failed", e);
        }
    }

    private static Object[] constantsOf(WitType wit, List<String> labels, Type java, String place) {
        if (!(java instanceof Class<?> type) || !type.isEnum()) {
            throw mismatch(place, wit, java, "a Java enum");
        }
        Object[] constants = type.getEnumConstants();
        Object[] byLabel = new Object[labels.size()];
        for (int i = 0; i < byLabel.length; i++) {
            String label = labels.get(i);
            byLabel[i] = Arrays.stream(constants)
                    .filter(c -> Names.matches(
                            field(type, (Enum<?>) c), ((Enum<?>) c).name(), label, Names.upperSnake(label)))
                    .findFirst()
                    .orElseThrow(() -> mismatch(place, wit, java, "a constant " + Names.upperSnake(label)));
        }
        if (constants.length != byLabel.length) {
            throw mismatch(place, wit, java, "exactly " + byLabel.length + " constants");
        }
        return byLabel;
    }

    private static java.lang.reflect.Field field(Class<?> type, Enum<?> constant) {
        try {
            return type.getField(constant.name());
        } catch (NoSuchFieldException e) {
            throw new AssertionError("an enum constant is a field", e);
        }
    }

    @SuppressWarnings("EnumOrdinal") // the table and the values it is asked for are of one class
    private static int[] indexByOrdinal(Object[] byLabel) {
        int[] index = new int[byLabel.length];
        for (int i = 0; i < byLabel.length; i++) {
            index[((Enum<?>) byLabel[i]).ordinal()] = i;
        }
        return index;
    }

    private static Mapping constants(WitType.Enumeration wit, Type java, String place) {
        Object[] byLabel = constantsOf(wit, wit.labels(), java, place);
        return new Mapping.Constants(wit, byLabel, indexByOrdinal(byLabel));
    }

    private static Mapping flags(WitType.Flags wit, Type java, String place) {
        if (!(java instanceof ParameterizedType set)
                || (set.getRawType() != Set.class && set.getRawType() != EnumSet.class)) {
            throw mismatch(place, wit, java, "a Set of a Java enum");
        }
        Type element = set.getActualTypeArguments()[0];
        Object[] byLabel = constantsOf(wit, wit.labels(), element, place);
        return new Mapping.FlagSet(wit, (Class<?>) element, byLabel, indexByOrdinal(byLabel));
    }

    private Mapping option(WitType.Option wit, Type java, Direction direction, String place) {
        if (java instanceof ParameterizedType type && type.getRawType() == Optional.class) {
            return new Mapping.Maybe(
                    wit,
                    map(wit.some(), type.getActualTypeArguments()[0], direction, place + ", value"),
                    Optional.class);
        }
        Class<?> scalar = wit.some() instanceof Primitive primitive ? scalarCarrier(primitive) : Object.class;
        boolean fits = (java == OptionalInt.class && scalar == int.class)
                || (java == OptionalLong.class && scalar == long.class)
                || (java == OptionalDouble.class && scalar == double.class);
        if (!fits) {
            throw mismatch(place, wit, java, "an Optional");
        }
        return new Mapping.Maybe(wit, map(wit.some(), scalar, direction, place), (Class<?>) java);
    }

    private Mapping result(WitType.Result wit, Type java, Direction direction, String place) {
        if (!(java instanceof ParameterizedType type) || type.getRawType() != Result.class) {
            throw mismatch(place, wit, java, Result.class.getName());
        }
        Type[] sides = type.getActualTypeArguments();
        return new Mapping.Outcome(
                wit,
                side(wit, wit.ok(), sides[0], direction, place + ", ok"),
                side(wit, wit.error(), sides[1], direction, place + ", error"));
    }

    private Optional<Mapping> side(
            WitType.Result wit, Optional<WitType> side, Type java, Direction direction, String place) {
        if (side.isEmpty() && java != Unit.class) {
            throw mismatch(place, wit, java, Unit.class.getName());
        }
        return side.map(type -> map(type, java, direction, place));
    }

    /** The mapping of a method's first parameter: the resource whose method it is. */
    Mapping self(WitType wit, String place) {
        if (!(wit instanceof WitType.Borrow(ResourceType resource))) {
            throw new ComponentException(place + ": the first parameter of a method is " + wit + " and not a borrow");
        }
        return handle(wit, resource, false, resources.apply(resource).orElse(Object.class), place);
    }

    private Mapping handle(WitType wit, ResourceType resource, boolean own, Type java, String place) {
        Class<?> bound = resources
                .apply(resource)
                .orElseThrow(() -> new ComponentException(place + ": no Java type stands for the resource " + resource
                        + "; name one in @WitInterface(resources = …) of the interface that declares it"));
        if (java != bound) {
            throw mismatch(place, wit, java, bound.getName());
        }
        return new Mapping.Handle(wit, resource, own, bound);
    }
}
