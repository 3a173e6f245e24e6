package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.spi.CoreValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where values lie in a 32-bit linear memory and how they flatten into core values (CanonicalABI.md, "Alignment", "Element
 * Size", "Flattening"). Computed when plans are made, never per call.
 */
public final class Layout {

    /** More flat parameters than this travel through memory. */
    public static final int MAX_FLAT_PARAMS = 16;

    /** More flat results than this travel through memory. */
    public static final int MAX_FLAT_RESULTS = 1;

    /** As {@link #MAX_FLAT_PARAMS}, where the caller takes a call for a task. */
    public static final int MAX_FLAT_ASYNC_PARAMS = 4;

    /** Larger types are refused; sizes beyond it need not be exact. */
    private static final long MAX_SIZE = 1 << 28;

    private Layout() {}

    /** Alignment in bytes: 1, 2, 4 or 8. */
    public static int alignment(WitType type) {
        return switch (type) {
            case Primitive primitive -> primitive == Primitive.STRING ? 4 : primitiveSize(primitive);
            case WitType.ListOf _, WitType.MapOf _, WitType.Own _, WitType.Borrow _ -> 4;
            case WitType.FixedListOf(WitType element, int _) -> alignment(element);
            case WitType.Flags(List<String> labels) -> flagsSize(labels.size());
            case WitType.RecordOf(List<WitType.Field> fields) ->
                maxAlignment(fields.stream().map(WitType.Field::type).toList());
            case WitType.Tuple(List<WitType> elements) -> maxAlignment(elements);
            default -> {
                List<Optional<WitType>> payloads = payloads(type);
                yield Math.max(discriminantSize(payloads.size()), payloadAlignment(payloads));
            }
        };
    }

    /** Size in bytes, a multiple of the alignment. */
    public static long size(WitType type) {
        return switch (type) {
            case Primitive primitive -> primitive == Primitive.STRING ? 8 : primitiveSize(primitive);
            case WitType.ListOf _, WitType.MapOf _ -> 8;
            // Element and length are below 2^31 each, so the product does not overflow.
            case WitType.FixedListOf(WitType element, int length) -> Math.min(size(element), MAX_SIZE) * length;
            case WitType.Own _, WitType.Borrow _ -> 4;
            case WitType.Flags(List<String> labels) -> flagsSize(labels.size());
            case WitType.RecordOf(List<WitType.Field> fields) ->
                sequenceSize(fields.stream().map(WitType.Field::type).toList());
            case WitType.Tuple(List<WitType> elements) -> sequenceSize(elements);
            default -> {
                List<Optional<WitType>> payloads = payloads(type);
                long largest = 0;
                for (Optional<WitType> payload : payloads) {
                    largest = Math.max(largest, payload.map(Layout::size).orElse(0L));
                }
                yield alignTo(payloadOffset(payloads) + largest, alignment(type));
            }
        };
    }

    /** The size of values that lie one after another, as a record lays out its fields. */
    public static long sequenceSize(List<WitType> types) {
        long size = 0;
        for (WitType type : types) {
            size = alignTo(size, alignment(type)) + size(type);
        }
        return alignTo(size, maxAlignment(types));
    }

    /** Where each of these values starts. */
    public static List<Integer> offsets(List<WitType> types) {
        List<Integer> offsets = new ArrayList<>();
        long offset = 0;
        for (WitType type : types) {
            offset = alignTo(offset, alignment(type));
            offsets.add(Math.toIntExact(offset));
            offset += size(type);
        }
        return offsets;
    }

    static int maxAlignment(List<WitType> types) {
        return types.stream().mapToInt(Layout::alignment).max().orElse(1);
    }

    /** The payloads of a type that is a variant at heart: variant, enum, option, result. */
    static List<Optional<WitType>> payloads(WitType type) {
        return switch (type) {
            case WitType.Variant(List<WitType.Case> cases) ->
                cases.stream().map(WitType.Case::payload).toList();
            case WitType.Enumeration(List<String> labels) ->
                labels.stream().map(_ -> Optional.<WitType>empty()).toList();
            case WitType.Option(WitType some) -> List.of(Optional.empty(), Optional.of(some));
            case WitType.Result(Optional<WitType> ok, Optional<WitType> error) -> List.of(ok, error);
            default -> throw new IllegalArgumentException(type + " has no cases");
        };
    }

    /** Bytes of the discriminant of so many cases. */
    static int discriminantSize(int cases) {
        return cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
    }

    /** Where the payload of a variant starts. */
    static int payloadOffset(List<Optional<WitType>> payloads) {
        return (int) alignTo(discriminantSize(payloads.size()), payloadAlignment(payloads));
    }

    private static int payloadAlignment(List<Optional<WitType>> payloads) {
        return payloads.stream()
                .mapToInt(payload -> payload.map(Layout::alignment).orElse(1))
                .max()
                .orElse(1);
    }

    static int flagsSize(int labels) {
        return labels <= 8 ? 1 : labels <= 16 ? 2 : 4;
    }

    private static int primitiveSize(Primitive primitive) {
        return switch (primitive) {
            case BOOL, S8, U8 -> 1;
            case S16, U16 -> 2;
            case S32, U32, F32, CHAR -> 4;
            case S64, U64, F64 -> 8;
            case STRING -> 8;
        };
    }

    private static long alignTo(long offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    /**
     * The core values that stand for a value when it does not go through memory. What does not fit {@link #MAX_FLAT_PARAMS} is
     * cut off after one value more, since it goes through memory in any case: a list of fixed length may have millions.
     */
    public static List<CoreValueType> flatten(WitType type) {
        List<CoreValueType> flat = new ArrayList<>();
        flatten(type, flat);
        return flat;
    }

    /** The core values of several values, one after another, cut off like those of one. */
    public static List<CoreValueType> flatten(List<WitType> types) {
        List<CoreValueType> flat = new ArrayList<>();
        types.forEach(type -> flatten(type, flat));
        return flat;
    }

    private static void flatten(WitType type, List<CoreValueType> flat) {
        if (flat.size() > MAX_FLAT_PARAMS) {
            return;
        }
        switch (type) {
            case Primitive primitive -> {
                flat.add(corePrimitive(primitive));
                if (primitive == Primitive.STRING) {
                    flat.add(CoreValueType.I32);
                }
            }
            case WitType.ListOf _, WitType.MapOf _ -> {
                flat.add(CoreValueType.I32);
                flat.add(CoreValueType.I32);
            }
            case WitType.FixedListOf(WitType element, int length) -> {
                for (int i = 0; i < length && flat.size() <= MAX_FLAT_PARAMS; i++) {
                    flatten(element, flat);
                }
            }
            case WitType.Own _, WitType.Borrow _, WitType.Flags _ -> flat.add(CoreValueType.I32);
            case WitType.RecordOf(List<WitType.Field> fields) -> fields.forEach(field -> flatten(field.type(), flat));
            case WitType.Tuple(List<WitType> elements) -> elements.forEach(element -> flatten(element, flat));
            default -> {
                flat.add(CoreValueType.I32);
                flat.addAll(joinedPayloads(type));
            }
        }
    }

    /** The core values that have to carry any of the payloads. */
    static List<CoreValueType> joinedPayloads(WitType type) {
        List<CoreValueType> joined = new ArrayList<>();
        for (Optional<WitType> payload : payloads(type)) {
            List<CoreValueType> flat = payload.map(Layout::flatten).orElse(List.of());
            for (int i = 0; i < flat.size(); i++) {
                if (i < joined.size()) {
                    joined.set(i, join(joined.get(i), flat.get(i)));
                } else {
                    joined.add(flat.get(i));
                }
            }
        }
        return joined;
    }

    private static CoreValueType join(CoreValueType a, CoreValueType b) {
        if (a == b) {
            return a;
        }
        boolean narrow = (a == CoreValueType.I32 || a == CoreValueType.F32)
                && (b == CoreValueType.I32 || b == CoreValueType.F32);
        return narrow ? CoreValueType.I32 : CoreValueType.I64;
    }

    private static CoreValueType corePrimitive(Primitive primitive) {
        return switch (primitive) {
            case S64, U64 -> CoreValueType.I64;
            case F32 -> CoreValueType.F32;
            case F64 -> CoreValueType.F64;
            default -> CoreValueType.I32;
        };
    }
}
