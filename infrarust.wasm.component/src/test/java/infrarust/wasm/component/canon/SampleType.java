package infrarust.wasm.component.canon;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.DeferredValue;
import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.type.WitType.Primitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A type that no Java type was written for: records are lists, cases are copies of one class. Read from the notation of the
 * vectors, for example {@code (record u8 (list string))}.
 */
@SuppressWarnings("EnumOrdinal") // the labels of the vectors are numbers
final class SampleType {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle LIST = own("list", MethodType.methodType(Object.class, Object[].class));
    private static final MethodHandle GET = own("get", MethodType.methodType(Object.class, Object.class, int.class));
    private static final MethodHandle ENTRY =
            own("entry", MethodType.methodType(Object.class, Object.class, Object.class));

    private final String text;
    private int at;

    private SampleType(String text) {
        this.text = text;
    }

    /** Enough labels for every enum and flags type of the vectors. */
    enum Label {
        A0,
        A1,
        A2,
        A3,
        A4,
        A5,
        A6,
        A7,
        B0,
        B1,
        B2,
        B3,
        B4,
        B5,
        B6,
        B7,
        C0,
        C1,
        C2,
        C3,
        C4,
        C5,
        C6,
        C7,
        D0,
        D1,
        D2,
        D3,
        D4,
        D5,
        D6,
        D7,
        E0,
        E1,
        E2,
        E3,
        E4,
        E5,
        E6,
        E7
    }

    /** A case of a variant. */
    interface Chosen {
        int index();

        @Nullable
        Object payload();
    }

    /** The template of classes, of which each case has one of its own; no record, since copies of those do not verify. */
    static final class ChosenCase implements Chosen {
        private final int index;
        private final @Nullable Object payload;

        ChosenCase(int index, @Nullable Object payload) {
            this.index = index;
            this.payload = payload;
        }

        @Override
        public int index() {
            return index;
        }

        @Override
        public @Nullable Object payload() {
            return payload;
        }
    }

    static Mapping parse(String text) {
        return new SampleType(text).next();
    }

    private static MethodHandle own(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(SampleType.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of this class", e);
        }
    }

    static Object list(Object[] elements) {
        return Arrays.asList(elements);
    }

    static Object get(Object list, int index) {
        return list instanceof Map.Entry<?, ?> entry
                ? index == 0 ? entry.getKey() : entry.getValue()
                : ((List<?>) list).get(index);
    }

    static Object entry(Object key, Object value) {
        return Map.entry(key, value);
    }

    // Parsing

    private String word() {
        while (text.charAt(at) == ' ') {
            at++;
        }
        int start = at;
        while (at < text.length() && "() ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private Mapping next() {
        if (text.charAt(at) == ' ') {
            at++;
            return next();
        }
        if (text.charAt(at) != '(') {
            return scalar(word());
        }
        at++;
        Mapping mapping = compound(word());
        at++;
        return mapping;
    }

    private List<Mapping> rest() {
        List<Mapping> parts = new ArrayList<>();
        optionalRest().forEach(part -> parts.add(part.orElseThrow()));
        return parts;
    }

    private List<Optional<Mapping>> optionalRest() {
        List<Optional<Mapping>> parts = new ArrayList<>();
        while (text.charAt(at) != ')') {
            if (text.startsWith(" _", at)) {
                at += 2;
                parts.add(Optional.empty());
            } else {
                parts.add(Optional.of(next()));
            }
        }
        return parts;
    }

    private static Mapping scalar(String name) {
        if (name.equals("own")) {
            return new Mapping.Handle(
                    new WitType.Own(CountingGuest.RESOURCE), CountingGuest.RESOURCE, true, Object.class);
        }
        Primitive primitive = Primitive.valueOf(name.toUpperCase(Locale.ROOT));
        return switch (primitive) {
            case STRING -> new Mapping.Text();
            case BOOL -> new Mapping.Scalar(primitive, boolean.class);
            case S8 -> new Mapping.Scalar(primitive, byte.class);
            case S16 -> new Mapping.Scalar(primitive, short.class);
            case S64, U64 -> new Mapping.Scalar(primitive, long.class);
            case F32 -> new Mapping.Scalar(primitive, float.class);
            case F64 -> new Mapping.Scalar(primitive, double.class);
            default -> new Mapping.Scalar(primitive, int.class);
        };
    }

    private Mapping compound(String kind) {
        return switch (kind) {
            case "list" -> {
                Mapping element = next();
                WitType.ListOf type = new WitType.ListOf(element.type());
                yield element.type() == Primitive.U8
                        ? new Mapping.Bytes(type, byte[].class)
                        : new Mapping.Elements(type, element);
            }
            case "fixed" -> {
                int length = Integer.parseInt(word());
                Mapping element = next();
                WitType.FixedListOf type = new WitType.FixedListOf(element.type(), length);
                yield element.type() == Primitive.U8
                        ? new Mapping.FixedBytes(type)
                        : new Mapping.FixedElements(type, element);
            }
            case "map" -> {
                List<Mapping> parts = rest();
                WitType.MapOf type = new WitType.MapOf(
                        parts.getFirst().type(), parts.getLast().type());
                yield new Mapping.Entries(type, fields(type.entry(), parts, ENTRY));
            }
            case "record" -> {
                List<Mapping> parts = rest();
                yield fields(
                        new WitType.RecordOf(IntStream.range(0, parts.size())
                                .mapToObj(i ->
                                        new WitType.Field("f" + i, parts.get(i).type()))
                                .toList()),
                        parts,
                        LIST.asCollector(Object[].class, parts.size()));
            }
            case "tuple" -> {
                List<Mapping> parts = rest();
                yield fields(
                        new WitType.Tuple(parts.stream().map(Mapping::type).toList()),
                        parts,
                        LIST.asCollector(Object[].class, parts.size()));
            }
            case "variant" -> cases(optionalRest());
            case "option" -> {
                Mapping some = next();
                yield new Mapping.Maybe(new WitType.Option(some.type()), some, Optional.class);
            }
            case "result" -> {
                List<Optional<Mapping>> sides = optionalRest();
                yield new Mapping.Outcome(
                        new WitType.Result(
                                sides.getFirst().map(Mapping::type),
                                sides.getLast().map(Mapping::type)),
                        sides.getFirst(),
                        sides.getLast());
            }
            case "enum" -> {
                int count = Integer.parseInt(word());
                yield new Mapping.Constants(new WitType.Enumeration(labels(count)), constants(count), identity());
            }
            case "flags" -> {
                int count = Integer.parseInt(word());
                yield new Mapping.FlagSet(new WitType.Flags(labels(count)), Label.class, constants(count), identity());
            }
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Mapping.Fields fields(WitType type, List<Mapping> parts, MethodHandle constructor) {
        List<DeferredHandle> accessors = IntStream.range(0, parts.size())
                .mapToObj(i -> as(
                        MethodHandles.insertArguments(GET, 1, i), parts.get(i).carrier(), List.of(Object.class)))
                .toList();
        List<Class<?>> carriers = parts.stream().<Class<?>>map(Mapping::carrier).toList();
        return new Mapping.Fields(type, parts, accessors, as(constructor, Object.class, carriers));
    }

    private static DeferredHandle as(MethodHandle handle, Class<?> result, List<Class<?>> parameters) {
        MethodType type = MethodType.methodType(result, parameters);
        return new DeferredHandle(type, () -> handle.asType(type));
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i).toList();
    }

    private static Object[] constants(int count) {
        return Arrays.copyOf(Label.values(), count, Object[].class);
    }

    private static int[] identity() {
        return IntStream.range(0, Label.values().length).toArray();
    }

    private static Mapping cases(List<Optional<Mapping>> payloads) {
        List<WitType.Case> types = new ArrayList<>();
        List<Mapping.JavaCase> cases = new ArrayList<>();
        for (int i = 0; i < payloads.size(); i++) {
            types.add(new WitType.Case("c" + i, payloads.get(i).map(Mapping::type)));
            cases.add(javaCase(i, payloads.get(i)));
        }
        return new Mapping.Cases(new WitType.Variant(types), cases);
    }

    private static Mapping.JavaCase javaCase(int index, Optional<Mapping> payload) {
        try (InputStream in = SampleType.class.getResourceAsStream("SampleType$ChosenCase.class")) {
            MethodHandles.Lookup copy = LOOKUP.defineHiddenClass(
                    java.util.Objects.requireNonNull(in).readAllBytes(), true);
            MethodHandle constructor = MethodHandles.insertArguments(
                    copy.findConstructor(
                            copy.lookupClass(), MethodType.methodType(void.class, int.class, Object.class)),
                    0,
                    index);
            if (payload.isEmpty()) {
                Object value = constructor
                        .asType(MethodType.methodType(Object.class, Object.class))
                        .invoke((Object) null);
                return new Mapping.JavaCase.Plain(copy.lookupClass(), new DeferredValue(() -> value));
            }
            Class<?> carrier = payload.get().carrier();
            MethodHandle getter = LOOKUP.findVirtual(Chosen.class, "payload", MethodType.methodType(Object.class));
            return new Mapping.JavaCase.WithPayload(
                    copy.lookupClass(),
                    payload.get(),
                    as(getter, carrier, List.of(Object.class)),
                    as(constructor, Object.class, List.of(carrier)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Throwable e) {
            throw new LinkageError("a class of this package", e);
        }
    }

    // Showing, as the vectors do

    static String show(Mapping mapping, @Nullable Object value) {
        return switch (mapping) {
            case Mapping.Scalar scalar -> showScalar(scalar.type(), java.util.Objects.requireNonNull(value));
            case Mapping.Text _ ->
                '"'
                        + HexFormat.of()
                                .formatHex(((String) java.util.Objects.requireNonNull(value))
                                        .getBytes(StandardCharsets.UTF_8))
                        + '"';
            case Mapping.Bytes _, Mapping.FixedBytes _ ->
                IntStream.range(0, ((byte[]) java.util.Objects.requireNonNull(value)).length)
                        .mapToObj(i -> String.valueOf(((byte[]) value)[i] & 0xff))
                        .collect(Collectors.joining(",", "[", "]"));
            case Mapping.Elements elements ->
                showList(Collections.nCopies(((List<?>) value).size(), elements.element()), value, "[", "]");
            case Mapping.FixedElements elements ->
                showList(Collections.nCopies(((List<?>) value).size(), elements.element()), value, "[", "]");
            case Mapping.Fields fields -> showList(fields.fields(), value, "(", ")");
            case Mapping.Entries entries ->
                ((Map<?, ?>) value)
                        .entrySet().stream()
                                .map(e -> show(entries.entry().fields().getFirst(), e.getKey()) + ":"
                                        + show(entries.entry().fields().getLast(), e.getValue()))
                                .collect(Collectors.joining(",", "{", "}"));
            case Mapping.Cases cases -> {
                Chosen chosen = (Chosen) value;
                yield cases.cases().get(chosen.index()) instanceof Mapping.JavaCase.WithPayload some
                        ? "#" + chosen.index() + "(" + show(some.payload(), chosen.payload()) + ")"
                        : "#" + chosen.index();
            }
            case Mapping.Constants _ -> "#" + ((Label) value).ordinal();
            case Mapping.FlagSet _ ->
                ((Set<?>) value)
                        .stream()
                                .map(l -> String.valueOf(((Label) l).ordinal()))
                                .collect(Collectors.joining(",", "{", "}"));
            case Mapping.Maybe maybe ->
                ((Optional<?>) value)
                        .map(some -> "#1(" + show(maybe.some(), some) + ")")
                        .orElse("#0");
            case Mapping.Outcome outcome ->
                switch ((Result<?, ?>) value) {
                    case Result.Ok<?, ?>(Object ok) -> showSide(0, outcome.ok(), ok);
                    case Result.Err<?, ?>(Object error) -> showSide(1, outcome.error(), error);
                };
            case Mapping.Handle _ -> String.valueOf(value);
            case Mapping.Converted _, Mapping.Tagged _ -> throw new AssertionError("no sample is of this kind");
        };
    }

    private static String showSide(int index, Optional<Mapping> side, Object value) {
        return "#" + index
                + side.map(mapping -> "(" + show(mapping, value) + ")").orElse("");
    }

    private static String showList(List<Mapping> mappings, Object values, String start, String end) {
        return IntStream.range(0, mappings.size())
                .mapToObj(i -> show(mappings.get(i), get(values, i)))
                .collect(Collectors.joining(",", start, end));
    }

    private static String showScalar(Primitive type, Object value) {
        return switch (type) {
            case U32 -> Integer.toUnsignedString((Integer) value);
            case U64 -> Long.toUnsignedString((Long) value);
            case F32 -> String.format(Locale.ROOT, "%08x", Float.floatToRawIntBits((Float) value));
            case F64 -> String.format(Locale.ROOT, "%016x", Double.doubleToRawLongBits((Double) value));
            case CHAR -> String.format(Locale.ROOT, "U+%X", (Integer) value);
            default -> value.toString();
        };
    }
}
