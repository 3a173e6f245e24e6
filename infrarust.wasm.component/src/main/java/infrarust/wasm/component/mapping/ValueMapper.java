package infrarust.wasm.component.mapping;

import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.component.value.Value;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Maps WIT types without Java types for them. What embedders see are {@link Value}s; between two components only what has parts is
 * one, and numbers, strings, bytes and handles cross as they are. Used by one thread, for one component.
 */
public final class ValueMapper {

    private static final MethodType UNARY = MethodType.methodType(Object.class, Object.class);

    private final boolean bare;
    private final Map<WitType, Mapping> known = new HashMap<>();

    private ValueMapper(boolean bare) {
        this.bare = bare;
    }

    /** A mapper whose Java types are {@link Value} all through. */
    public static ValueMapper ofValues() {
        return new ValueMapper(false);
    }

    /** A mapper for calls that no embedder sees. */
    public static ValueMapper betweenGuests() {
        return new ValueMapper(true);
    }

    /** Maps a function. */
    public FunctionMapping function(String name, FunctionType type) {
        return new FunctionMapping(
                name,
                type,
                Optional.empty(),
                type.parameterTypes().stream().map(this::map).toList(),
                type.result().map(this::map));
    }

    /** The mapping of a type. */
    public Mapping map(WitType type) {
        Mapping mapping = known.get(type);
        if (mapping == null) {
            mapping = make(type);
            known.put(type, mapping);
        }
        return mapping;
    }

    private Mapping make(WitType type) {
        return switch (type) {
            case Primitive primitive -> primitive(primitive);
            case WitType.ListOf list -> list(list);
            case WitType.FixedListOf list ->
                converted(new Mapping.FixedElements(list, map(list.element())), "list", List.class, Value.ListOf.class);
            case WitType.MapOf entries -> entries(entries);
            case WitType.RecordOf record ->
                fields(record, record.fields().stream().map(WitType.Field::type).toList(), "field", "newRecord");
            case WitType.Tuple tuple -> fields(tuple, tuple.elements(), "element", "newTuple");
            case WitType.Variant variant ->
                tagged(
                        variant,
                        variant.cases().stream().map(WitType.Case::name).toList(),
                        variant.cases().stream().map(WitType.Case::payload).toList());
            case WitType.Enumeration labels ->
                tagged(
                        labels,
                        labels.labels(),
                        labels.labels().stream()
                                .map(_ -> Optional.<WitType>empty())
                                .toList());
            case WitType.Option(WitType some) ->
                tagged(type, List.of("none", "some"), List.of(Optional.empty(), Optional.of(some)));
            case WitType.Result(Optional<WitType> ok, Optional<WitType> error) ->
                tagged(type, List.of("ok", "error"), List.of(ok, error));
            case WitType.Flags flags -> flags(flags);
            case WitType.Own(ResourceType resource) -> handle(type, resource, true);
            case WitType.Borrow(ResourceType resource) -> handle(type, resource, false);
        };
    }

    private static Mapping converted(Mapping inner, String unwrap, Class<?> carrier, Class<?> value) {
        return new Mapping.Converted(
                inner.type(),
                inner,
                ValueHandles.method(MethodType.methodType(carrier, Object.class), unwrap),
                ValueHandles.constructor(value, carrier));
    }

    private Mapping primitive(Primitive primitive) {
        Class<?> carrier = TypeMapper.scalarCarrier(primitive);
        Mapping inner = primitive == Primitive.STRING ? new Mapping.Text() : new Mapping.Scalar(primitive, carrier);
        if (bare) {
            return inner;
        }
        Class<?> value = switch (primitive) {
            case BOOL -> Value.Bool.class;
            case S8 -> Value.S8.class;
            case U8 -> Value.U8.class;
            case S16 -> Value.S16.class;
            case U16 -> Value.U16.class;
            case S32 -> Value.S32.class;
            case U32 -> Value.U32.class;
            case S64 -> Value.S64.class;
            case U64 -> Value.U64.class;
            case F32 -> Value.F32.class;
            case F64 -> Value.F64.class;
            case CHAR -> Value.Char.class;
            case STRING -> Value.Text.class;
        };
        return converted(inner, primitive == Primitive.CHAR ? "character" : primitive.toString(), carrier, value);
    }

    private Mapping list(WitType.ListOf list) {
        if (bare) {
            return list.element() == Primitive.U8
                    ? new Mapping.Bytes(list, byte[].class)
                    : new Mapping.Elements(list, map(list.element()));
        }
        return converted(new Mapping.Elements(list, map(list.element())), "list", List.class, Value.ListOf.class);
    }

    private Mapping entries(WitType.MapOf type) {
        if (bare) {
            // As the list that it is, so that equal keys pass through as they came.
            return new Mapping.Elements(new WitType.ListOf(type.entry()), map(type.entry()));
        }
        Mapping key = map(type.key());
        Mapping value = map(type.value());
        Mapping.Fields entry = new Mapping.Fields(
                type.entry(),
                List.of(key, value),
                List.of(Access.entry("getKey", key.carrier()), Access.entry("getValue", value.carrier())),
                Access.newEntry(key.carrier(), value.carrier()));
        return converted(new Mapping.Entries(type, entry), "map", Map.class, Value.MapOf.class);
    }

    /** The accessor takes type, index and value, the constructor type and an array. */
    private Mapping fields(WitType type, List<WitType> types, String accessor, String constructor) {
        List<Mapping> fields = types.stream().map(this::map).toList();
        if (bare) {
            return BareFields.of(type, fields);
        }
        MethodType made = MethodType.genericMethodType(fields.size());
        return new Mapping.Fields(
                type,
                fields,
                IntStream.range(0, fields.size())
                        .mapToObj(i -> ValueHandles.method(UNARY, accessor, type, i))
                        .toList(),
                new DeferredHandle(
                        made,
                        () -> ValueHandles.method(
                                        MethodType.methodType(Object.class, Object[].class), constructor, type)
                                .get()
                                .asCollector(Object[].class, fields.size())));
    }

    private Mapping tagged(WitType type, List<String> names, List<Optional<WitType>> payloads) {
        List<Optional<Mapping>> mappings =
                payloads.stream().map(payload -> payload.map(this::map)).toList();
        return bare ? BareFields.tagged(type, mappings) : Cases.of(type, names, mappings);
    }

    /** How the cases of a type look as values. */
    private static final class Cases {

        static Mapping of(WitType type, List<String> names, List<Optional<Mapping>> payloads) {
            Map<String, Integer> numbers = new HashMap<>();
            boolean[] present = new boolean[names.size()];
            for (int i = 0; i < present.length; i++) {
                numbers.put(names.get(i), i);
                present[i] = payloads.get(i).isPresent();
            }
            DeferredHandle caseOf = ValueHandles.method(
                    MethodType.methodType(int.class, Object.class), "caseOf", type, numbers, present);
            List<DeferredHandle> constructors = IntStream.range(0, present.length)
                    .mapToObj(i -> constructor(type, names.get(i), present[i]))
                    .toList();
            return new Mapping.Tagged(type, payloads, caseOf, ValueHandles.method(UNARY, "payloadOf"), constructors);
        }

        private static DeferredHandle constructor(WitType type, String name, boolean payload) {
            if (!payload) {
                return BareFields.constant(plain(type, name));
            }
            return type instanceof WitType.Variant
                    ? ValueHandles.method(UNARY, "newVariant", name)
                    : ValueHandles.method(UNARY, name);
        }

        private static Value plain(WitType type, String name) {
            return switch (type) {
                case WitType.Enumeration _ -> new Value.Enumeration(name);
                case WitType.Option _ -> Value.Option.none();
                case WitType.Result _ ->
                    name.equals("ok") ? new Value.Ok(Optional.empty()) : new Value.Err(Optional.empty());
                default -> new Value.Variant(name, Optional.empty());
            };
        }
    }

    private Mapping flags(WitType.Flags type) {
        Primitive number =
                type.labels().size() <= 8 ? Primitive.U8 : type.labels().size() <= 16 ? Primitive.U16 : Primitive.U32;
        Mapping.Scalar inner = new Mapping.Scalar(number, int.class);
        return new Mapping.Converted(
                type,
                inner,
                ValueHandles.method(MethodType.methodType(int.class, Object.class), "bits", type),
                ValueHandles.method(MethodType.methodType(Object.class, int.class), "flags", type));
    }

    private Mapping handle(WitType type, ResourceType resource, boolean own) {
        Mapping.Handle inner = new Mapping.Handle(type, resource, own, Object.class);
        return bare ? inner : converted(inner, "representation", Object.class, Value.Resource.class);
    }
}
