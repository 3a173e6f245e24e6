package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes core types, of component sections and of core modules (core specification, 5.3 "Types"). */
final class CoreTypeDecoder {

    /** Wasm has no more pages than 2^16 of 64 KiB each. */
    private static final long MAX_PAGES = 1 << 16;

    /** Parameters, and results, of a core function: as many as engines take. */
    private static final int MAX_VALUES = 1_000;

    private static final long MAX_PAGES_64 = 1L << 48;

    private final ByteReader in;
    private final Unsupported unsupported;

    /** Types that the last function type refers to by index. */
    private List<Integer> references = List.of();

    CoreTypeDecoder(ByteReader in, Unsupported unsupported) {
        this.in = in;
        this.unsupported = unsupported;
    }

    Definition.CoreType coreType() {
        int offset = in.position();
        return new Definition.CoreType(offset, definition(true));
    }

    private CoreTypeDefinition definition(boolean modules) {
        int offset = in.position();
        int opcode = in.u8();
        switch (opcode) {
            case 0x60 -> {
                references = List.of();
                CoreFunctionType type = functionType();
                return new CoreTypeDefinition.Function(type, List.copyOf(references));
            }
            case 0x50 -> {
                // Within a module type, which holds no module types, this is what it is in a core module.
                if (modules) {
                    return moduleType();
                }
                subtype();
            }
            case 0x00 -> {
                in.expect(0x50, "a subtype that is not final");
                subtype();
            }
            case 0x4f -> subtype();
            case 0x5e, 0x5f -> composite(opcode);
            case 0x4e -> {
                int count = in.count();
                for (int i = 0; i < count; i++) {
                    int member = in.u8();
                    if (member == 0x4f || member == 0x50) {
                        subtype();
                    } else {
                        composite(member);
                    }
                }
            }
            default -> throw in.unexpected("core type", opcode);
        }
        unsupported.addOpaque("a core type of the garbage collection proposal", offset);
        return new CoreTypeDefinition.Unsupported();
    }

    private void subtype() {
        int supertypes = in.count();
        for (int i = 0; i < supertypes; i++) {
            in.u32();
        }
        composite(in.u8());
    }

    void composite(int opcode) {
        switch (opcode) {
            case 0x60 -> functionType();
            case 0x5e -> field();
            case 0x5f -> {
                int fields = in.count();
                for (int i = 0; i < fields; i++) {
                    field();
                }
            }
            default -> throw in.unexpected("core type", opcode);
        }
    }

    private void field() {
        int packed = in.peek();
        if (packed == 0x77 || packed == 0x78) {
            in.u8();
        } else {
            valueType();
        }
        mutability();
    }

    private CoreTypeDefinition.Module moduleType() {
        int count = in.count();
        List<CoreTypeDefinition.Declaration> declarations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int offset = in.position();
            int kind = in.u8();
            declarations.add(
                    switch (kind) {
                        case 0x00 ->
                            new CoreTypeDefinition.Declaration.Import(offset, in.name(), in.name(), externType());
                        case 0x01 -> new CoreTypeDefinition.Declaration.Type(offset, definition(false));
                        case 0x02 -> {
                            in.expect(0x10, "the sort core type");
                            in.expect(0x01, "an outer alias");
                            yield new CoreTypeDefinition.Declaration.OuterAlias(offset, in.u32(), in.u32());
                        }
                        case 0x03 -> new CoreTypeDefinition.Declaration.Export(offset, in.name(), externType());
                        default -> throw in.unexpected("declaration of a module type", kind);
                    });
        }
        return new CoreTypeDefinition.Module(List.copyOf(declarations));
    }

    CoreFunctionType functionType() {
        List<CoreValueType> parameters = valueTypes();
        return new CoreFunctionType(parameters, valueTypes());
    }

    private List<CoreValueType> valueTypes() {
        int offset = in.position();
        int count = in.count();
        if (count > MAX_VALUES) {
            throw new ComponentException(
                    "a core function type has " + count + " parameters or results; at most " + MAX_VALUES
                            + " are allowed",
                    offset);
        }
        List<CoreValueType> types = new ArrayList<>(Math.min(count, 32));
        for (int i = 0; i < count; i++) {
            types.add(valueType());
        }
        return types;
    }

    CoreValueType valueType() {
        int type = in.u8();
        return switch (type) {
            case 0x7f -> CoreValueType.I32;
            case 0x7e -> CoreValueType.I64;
            case 0x7d -> CoreValueType.F32;
            case 0x7c -> CoreValueType.F64;
            case 0x7b -> CoreValueType.V128;
            case 0x70 -> CoreValueType.FUNCREF;
            case 0x6f -> CoreValueType.EXTERNREF;
            case 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73, 0x74, 0x75 -> CoreValueType.OTHER_REF;
            case 0x63 -> {
                long heap = heapType();
                // The short forms are (ref null func) and (ref null extern).
                yield heap == -0x10
                        ? CoreValueType.FUNCREF
                        : heap == -0x11 ? CoreValueType.EXTERNREF : CoreValueType.OTHER_REF;
            }
            case 0x64 -> {
                heapType();
                yield CoreValueType.OTHER_REF;
            }
            default -> throw in.unexpected("core value type", type);
        };
    }

    private long heapType() {
        long heap = in.s33();
        if (heap >= 0) {
            if (references.isEmpty()) {
                references = new ArrayList<>();
            }
            references.add((int) Math.min(heap, Integer.MAX_VALUE));
        }
        return heap;
    }

    private boolean mutability() {
        int flag = in.u8();
        if (flag > 1) {
            throw in.unexpected("mutability", flag);
        }
        return flag == 1;
    }

    private CoreTypeDefinition.Extern externType() {
        int kind = in.u8();
        return switch (kind) {
            case 0x00 -> new CoreTypeDefinition.Extern.Function(in.u32());
            case 0x01 -> new CoreTypeDefinition.Extern.Other(table());
            case 0x02 -> new CoreTypeDefinition.Extern.Other(memory());
            case 0x03 -> new CoreTypeDefinition.Extern.Other(global());
            case 0x04 -> {
                in.expect(0, "an exception tag");
                yield new CoreTypeDefinition.Extern.Tag(in.u32());
            }
            default -> throw in.unexpected("kind of core import or export", kind);
        };
    }

    CoreExternType.Table table() {
        CoreValueType element = valueType();
        int flags = in.u8();
        if (flags > 7) {
            throw in.unexpected("limits of a table", flags);
        }
        return new CoreExternType.Table(element, limits(flags));
    }

    CoreExternType.Memory memory() {
        int offset = in.position();
        int flags = in.u8();
        if (flags > 15) {
            throw in.unexpected("limits of a memory", flags);
        }
        boolean memory64 = (flags & 4) != 0;
        CoreExternType.Limits limits = limits(flags);
        if ((flags & 8) != 0) {
            in.u32();
            unsupported.add("memories with pages of another size", offset);
        } else {
            long most = memory64 ? MAX_PAGES_64 : MAX_PAGES;
            if (exceeds(limits.minimum(), most)
                    || (limits.maximum().isPresent() && exceeds(limits.maximum().get(), most))) {
                throw new ComponentException("a memory has more than " + most + " pages", offset);
            }
        }
        if ((flags & 3) == 2) {
            throw new ComponentException("a shared memory has no maximum", offset);
        }
        return new CoreExternType.Memory(limits, (flags & 2) != 0, memory64);
    }

    private static boolean exceeds(long value, long most) {
        return Long.compareUnsigned(value, most) > 0;
    }

    private CoreExternType.Limits limits(int flags) {
        int offset = in.position();
        long minimum = bound(flags);
        if ((flags & 1) == 0) {
            return new CoreExternType.Limits(minimum, Optional.empty());
        }
        long maximum = bound(flags);
        if (exceeds(minimum, maximum)) {
            throw new ComponentException("the minimum of limits is larger than their maximum", offset);
        }
        return new CoreExternType.Limits(minimum, Optional.of(maximum));
    }

    private long bound(int flags) {
        int offset = in.position();
        long value = in.u64();
        if ((flags & 4) == 0 && exceeds(value, 0xffff_ffffL)) {
            throw new ComponentException("a limit has more than 32 bits", offset);
        }
        return value;
    }

    CoreExternType.Global global() {
        CoreValueType type = valueType();
        return new CoreExternType.Global(type, mutability());
    }
}
