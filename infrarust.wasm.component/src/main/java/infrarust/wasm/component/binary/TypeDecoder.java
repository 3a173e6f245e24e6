package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.WitType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decodes types (Binary.md, "Type Definitions"). */
final class TypeDecoder {

    /** Types within types within types: more than any tool emits, less than would exhaust our stack. */
    private static final int MAX_DEPTH = 64;

    /** Opcode 0x7f and downwards; the gaps are other types. */
    private static final List<WitType.Primitive> PRIMITIVES = List.of(
            WitType.Primitive.BOOL,
            WitType.Primitive.S8,
            WitType.Primitive.U8,
            WitType.Primitive.S16,
            WitType.Primitive.U16,
            WitType.Primitive.S32,
            WitType.Primitive.U32,
            WitType.Primitive.S64,
            WitType.Primitive.U64,
            WitType.Primitive.F32,
            WitType.Primitive.F64,
            WitType.Primitive.CHAR,
            WitType.Primitive.STRING);

    private final ByteReader in;

    TypeDecoder(ByteReader in) {
        this.in = in;
    }

    Definition.Type type(int depth) {
        int offset = in.position();
        return new Definition.Type(offset, definition(depth));
    }

    private TypeDefinition definition(int depth) {
        int start = in.position();
        int opcode = in.u8();
        Optional<WitType.Primitive> primitive = primitive(opcode);
        if (primitive.isPresent()) {
            return new TypeDefinition.Alias(primitive.get());
        }
        return switch (opcode) {
            case 0x72 -> new TypeDefinition.RecordOf(atLeastOne(in.vector(this::labelled), "record", start));
            case 0x71 -> new TypeDefinition.Variant(atLeastOne(in.vector(this::variantCase), "variant", start));
            case 0x70 -> new TypeDefinition.ListOf(reference());
            case 0x6f -> new TypeDefinition.Tuple(atLeastOne(in.vector(this::reference), "tuple", start));
            case 0x6e -> flags(start);
            case 0x6d -> new TypeDefinition.Enumeration(atLeastOne(in.vector(in::name), "enum", start));
            case 0x6b -> new TypeDefinition.Option(reference());
            case 0x6a -> new TypeDefinition.Result(optionalReference(), optionalReference());
            case 0x69 -> new TypeDefinition.Own(in.u32());
            case 0x68 -> new TypeDefinition.Borrow(in.u32());
            case 0x40 -> function();
            case 0x3f -> resource();
            case 0x41 -> new TypeDefinition.Component(declarations(true, depth + 1));
            case 0x42 -> new TypeDefinition.Instance(declarations(false, depth + 1));
            case 0x67 -> fixedList();
            case 0x66 -> throw unsupported("streams", start);
            case 0x65 -> throw unsupported("futures", start);
            case 0x64 -> throw unsupported("error contexts", start);
            case 0x63 -> new TypeDefinition.MapOf(reference(), reference());
            case 0x43 -> throw unsupported("async functions", start);
            default -> throw in.unexpected("type", opcode);
        };
    }

    static ComponentException unsupported(String what, int offset) {
        return new ComponentException(
                "the component uses " + what + ", which this host does not support; build it for WASI 0.2", offset);
    }

    private static Optional<WitType.Primitive> primitive(int opcode) {
        int index = 0x7f - opcode;
        return index >= 0 && index < PRIMITIVES.size() ? Optional.of(PRIMITIVES.get(index)) : Optional.empty();
    }

    private <T> List<T> atLeastOne(List<T> items, String what, int start) {
        if (items.isEmpty()) {
            throw new ComponentException("a " + what + " has no members", start);
        }
        return items;
    }

    private TypeDefinition flags(int start) {
        List<String> labels = atLeastOne(in.vector(in::name), "flags type", start);
        if (labels.size() > 32) {
            throw new ComponentException(
                    "a flags type has " + labels.size() + " labels; at most 32 are allowed", start);
        }
        return new TypeDefinition.Flags(labels);
    }

    private TypeDefinition fixedList() {
        TypeDefinition.Reference element = reference();
        int start = in.position();
        int length = in.u32();
        if (length <= 0) {
            throw new ComponentException(
                    "a list of fixed length has " + Integer.toUnsignedString(length)
                            + " elements; at least 1 and fewer than 2^31 are allowed",
                    start);
        }
        return new TypeDefinition.FixedListOf(element, length);
    }

    TypeDefinition.Reference reference() {
        int start = in.position();
        long value = in.s33();
        if (value >= 0) {
            if (value > Integer.MAX_VALUE) {
                throw new ComponentException("type index " + value + " is larger than anything in this file", start);
            }
            return new TypeDefinition.Reference.Index((int) value);
        }
        int opcode = (int) (value & 0x7f);
        if (value >= -64 && opcode == 0x64) {
            throw unsupported("error contexts", start);
        }
        return value < -64
                ? invalidReference(value, start)
                : primitive(opcode)
                        .<TypeDefinition.Reference>map(TypeDefinition.Reference.Primitive::new)
                        .orElseGet(() -> invalidReference(value, start));
    }

    private static TypeDefinition.Reference invalidReference(long value, int start) {
        throw new ComponentException(value + " is no value type", start);
    }

    private Optional<TypeDefinition.Reference> optionalReference() {
        int present = in.u8();
        return switch (present) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(reference());
            default -> throw in.unexpected("presence flag", present);
        };
    }

    private TypeDefinition.Labelled labelled() {
        return new TypeDefinition.Labelled(in.name(), Optional.of(reference()));
    }

    private TypeDefinition.Labelled variantCase() {
        TypeDefinition.Labelled labelled = new TypeDefinition.Labelled(in.name(), optionalReference());
        in.expect(0, "the end of a case");
        return labelled;
    }

    private TypeDefinition function() {
        List<TypeDefinition.Labelled> parameters = in.vector(this::labelled);
        int kind = in.u8();
        if (kind == 0) {
            return new TypeDefinition.Function(parameters, Optional.of(reference()));
        }
        if (kind == 1) {
            in.expect(0, "the end of the results");
            return new TypeDefinition.Function(parameters, Optional.empty());
        }
        throw in.unexpected("result list", kind);
    }

    private TypeDefinition resource() {
        in.expect(0x7f, "a representation of i32");
        int present = in.u8();
        return switch (present) {
            case 0 -> new TypeDefinition.Resource(OptionalInt.empty());
            case 1 -> new TypeDefinition.Resource(OptionalInt.of(in.u32()));
            default -> throw in.unexpected("presence flag", present);
        };
    }

    private List<TypeDefinition.Declaration> declarations(boolean component, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ComponentException("types are nested more than " + MAX_DEPTH + " deep", in.position());
        }
        return in.vector(() -> declaration(component, depth));
    }

    private TypeDefinition.Declaration declaration(boolean component, int depth) {
        int offset = in.position();
        int kind = in.u8();
        return switch (kind) {
            case 0x00 -> new TypeDefinition.Declaration.Local(coreType());
            case 0x01 -> new TypeDefinition.Declaration.Local(type(depth));
            case 0x02 -> new TypeDefinition.Declaration.Local(AliasDecoder.alias(in));
            case 0x03 -> {
                if (!component) {
                    throw new ComponentException("an instance type declares an import", offset);
                }
                yield new TypeDefinition.Declaration.Import(offset, externName(), externDescription());
            }
            case 0x04 -> new TypeDefinition.Declaration.Export(offset, externName(), externDescription());
            default -> throw in.unexpected("declaration", kind);
        };
    }

    /** The name of an import or export; attributes say nothing that a linker needs, and are skipped. */
    String externName() {
        int kind = in.u8();
        if (kind > 2) {
            throw in.unexpected("name", kind);
        }
        String name = in.name();
        if (kind == 2) {
            in.vector(() -> {
                int attribute = in.u8();
                if (attribute > 2) {
                    throw in.unexpected("name attribute", attribute);
                }
                return in.name();
            });
        }
        return name;
    }

    ExternDescription externDescription() {
        int start = in.position();
        int kind = in.u8();
        return switch (kind) {
            case 0x00 -> {
                in.expect(0x11, "the sort core module");
                yield new ExternDescription.CoreModule(in.u32());
            }
            case 0x01 -> new ExternDescription.Function(in.u32());
            case 0x02 -> throw unsupported("values as imports or exports", start);
            case 0x03 -> {
                int bound = in.u8();
                yield switch (bound) {
                    case 0 -> new ExternDescription.TypeEqual(in.u32());
                    case 1 -> new ExternDescription.SubResource();
                    default -> throw in.unexpected("type bound", bound);
                };
            }
            case 0x04 -> new ExternDescription.Component(in.u32());
            case 0x05 -> new ExternDescription.Instance(in.u32());
            default -> throw in.unexpected("kind of import or export", kind);
        };
    }

    /** Core types are decoded to know where they end; nothing in them matters here, since engines check them at link time. */
    Definition.CoreType coreType() {
        int offset = in.position();
        int opcode = in.u8();
        switch (opcode) {
            case 0x60 -> coreFunctionType();
            case 0x50 -> in.vector(this::moduleDeclaration);
            default -> throw unsupported("a core type of the garbage collection proposal", offset);
        }
        return new Definition.CoreType(offset);
    }

    private Boolean moduleDeclaration() {
        int kind = in.u8();
        switch (kind) {
            case 0x00 -> {
                in.name();
                in.name();
                coreExternType();
            }
            case 0x01 -> {
                in.expect(0x60, "a core function type");
                coreFunctionType();
            }
            case 0x02 -> {
                in.expect(0x10, "the sort core type");
                in.expect(0x01, "an outer alias");
                in.u32();
                in.u32();
            }
            case 0x03 -> {
                in.name();
                coreExternType();
            }
            default -> throw in.unexpected("declaration of a module type", kind);
        }
        return true;
    }

    private void coreFunctionType() {
        in.vector(this::coreValueType);
        in.vector(this::coreValueType);
    }

    private Integer coreValueType() {
        int type = in.u8();
        if (type == 0x63 || type == 0x64) {
            in.s33();
        } else if (type < 0x69 || type > 0x7f) {
            throw in.unexpected("core value type", type);
        }
        return type;
    }

    private void coreExternType() {
        int kind = in.u8();
        switch (kind) {
            case 0x00 -> in.u32();
            case 0x01 -> {
                coreValueType();
                coreLimits();
            }
            case 0x02 -> coreLimits();
            case 0x03 -> {
                coreValueType();
                in.u8();
            }
            case 0x04 -> {
                in.expect(0, "an exception tag");
                in.u32();
            }
            default -> throw in.unexpected("kind of core import or export", kind);
        }
    }

    private void coreLimits() {
        int flags = in.u8();
        if (flags > 3) {
            throw unsupported("64-bit or custom-page memories", in.position() - 1);
        }
        in.u32();
        if ((flags & 1) != 0) {
            in.u32();
        }
    }
}
