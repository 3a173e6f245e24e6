package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.WitType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decodes types (Binary.md, "Type Definitions"). */
final class TypeDecoder {

    /** Types within types within types: more than any tool emits, less than would exhaust our stack. */
    private static final int MAX_DEPTH = 100;

    /** Opcode 0x7f and downwards; the gaps are other types. */
    private static final Primitive[] PRIMITIVES = {
        Primitive.BOOL,
        Primitive.S8,
        Primitive.U8,
        Primitive.S16,
        Primitive.U16,
        Primitive.S32,
        Primitive.U32,
        Primitive.S64,
        Primitive.U64,
        Primitive.F32,
        Primitive.F64,
        Primitive.CHAR,
        Primitive.STRING
    };

    private final ByteReader in;
    private final Unsupported unsupported;
    private final boolean nested;

    TypeDecoder(ByteReader in, Unsupported unsupported, boolean nested) {
        this.in = in;
        this.unsupported = unsupported;
        this.nested = nested;
    }

    Definition.Type type(int depth) {
        int offset = in.position();
        return new Definition.Type(offset, definition(depth));
    }

    private TypeDefinition definition(int depth) {
        int start = in.position();
        int opcode = in.u8();
        int primitive = 0x7f - opcode;
        if (primitive >= 0 && primitive < PRIMITIVES.length) {
            return new TypeDefinition.Alias(PRIMITIVES[primitive]);
        }
        return switch (opcode) {
            case 0x72 -> new TypeDefinition.RecordOf(atLeastOne(fields(), "a record", start));
            case 0x71 -> new TypeDefinition.Variant(atLeastOne(cases(), "a variant", start));
            case 0x70 -> new TypeDefinition.ListOf(reference());
            case 0x6f -> new TypeDefinition.Tuple(atLeastOne(references(), "a tuple", start));
            case 0x6e -> flags(start);
            case 0x6d -> new TypeDefinition.Enumeration(atLeastOne(in.names(), "an enum", start));
            case 0x6b -> new TypeDefinition.Option(reference());
            case 0x6a -> {
                Optional<TypeDefinition.Reference> ok = optionalReference();
                yield new TypeDefinition.Result(ok, optionalReference());
            }
            case 0x69 -> new TypeDefinition.Own(in.u32());
            case 0x68 -> new TypeDefinition.Borrow(in.u32());
            case 0x40 -> function(false);
            case 0x3f -> resource();
            case 0x41 -> new TypeDefinition.Component(declarations(true, depth + 1));
            case 0x42 -> new TypeDefinition.Instance(declarations(false, depth + 1));
            case 0x67 -> fixedList();
            case 0x63 -> {
                TypeDefinition.Reference key = reference();
                yield new TypeDefinition.MapOf(key, reference());
            }
            case 0x43 -> {
                if (nested) {
                    unsupported.addAsync("async functions", start);
                } else {
                    unsupported.add("async functions", start);
                }
                yield function(true);
            }
            case 0x66 -> {
                unsupported.addType("streams", start);
                yield new TypeDefinition.Stream(optionalReference());
            }
            case 0x65 -> {
                unsupported.addType("futures", start);
                yield new TypeDefinition.Future(optionalReference());
            }
            case 0x64 -> throw ComponentException.unsupported("error contexts", start);
            default -> throw in.unexpected("type", opcode);
        };
    }

    private <T> List<T> atLeastOne(List<T> items, String what, int start) {
        if (items.isEmpty()) {
            throw new ComponentException(what + " type has no members", start);
        }
        return items;
    }

    private TypeDefinition flags(int start) {
        List<String> labels = atLeastOne(in.names(), "a flags", start);
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

    private List<TypeDefinition.Labelled> fields() {
        int count = in.count();
        List<TypeDefinition.Labelled> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.name();
            fields.add(new TypeDefinition.Labelled(name, Optional.of(reference())));
        }
        return fields;
    }

    private List<TypeDefinition.Labelled> cases() {
        int count = in.count();
        List<TypeDefinition.Labelled> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.name();
            cases.add(new TypeDefinition.Labelled(name, optionalReference()));
            in.expect(0, "the end of a case");
        }
        return cases;
    }

    private List<TypeDefinition.Reference> references() {
        int count = in.count();
        List<TypeDefinition.Reference> references = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            references.add(reference());
        }
        return references;
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
        if (value >= -64) {
            int opcode = (int) (value & 0x7f);
            int primitive = 0x7f - opcode;
            if (primitive < PRIMITIVES.length) {
                return new TypeDefinition.Reference.Primitive(PRIMITIVES[primitive]);
            }
            if (opcode == 0x64) {
                throw ComponentException.unsupported("error contexts", start);
            }
        }
        throw new ComponentException(value + " is no value type", start);
    }

    Optional<TypeDefinition.Reference> optionalReference() {
        return in.present() ? Optional.of(reference()) : Optional.empty();
    }

    private TypeDefinition function(boolean async) {
        List<TypeDefinition.Labelled> parameters = fields();
        Optional<TypeDefinition.Reference> result = resultList();
        return async
                ? new TypeDefinition.AsyncFunction(parameters, result)
                : new TypeDefinition.Function(parameters, result);
    }

    Optional<TypeDefinition.Reference> resultList() {
        int kind = in.u8();
        if (kind == 0) {
            return Optional.of(reference());
        }
        if (kind == 1) {
            in.expect(0, "the end of the results");
            return Optional.empty();
        }
        throw in.unexpected("result list", kind);
    }

    private TypeDefinition resource() {
        int representation = in.u8();
        if (representation == 0x7e) {
            throw ComponentException.unsupported("resources with a representation of 64 bits", in.position() - 1);
        }
        if (representation != 0x7f) {
            throw in.unexpected("representation of a resource", representation);
        }
        return new TypeDefinition.Resource(in.present() ? OptionalInt.of(in.u32()) : OptionalInt.empty());
    }

    private List<TypeDefinition.Declaration> declarations(boolean component, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ComponentException("types are nested more than " + MAX_DEPTH + " deep", in.position());
        }
        int count = in.count();
        List<TypeDefinition.Declaration> declarations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            declarations.add(declaration(component, depth));
        }
        return declarations;
    }

    private TypeDefinition.Declaration declaration(boolean component, int depth) {
        int offset = in.position();
        int kind = in.u8();
        return switch (kind) {
            case 0x00 -> new TypeDefinition.Declaration.Local(new CoreTypeDecoder(in, unsupported).coreType());
            case 0x01 -> new TypeDefinition.Declaration.Local(type(depth));
            case 0x02 -> new TypeDefinition.Declaration.Local(AliasDecoder.alias(in));
            case 0x03 -> {
                if (!component) {
                    throw new ComponentException("an instance type declares an import", offset);
                }
                Attributes name = Attributes.decode(in);
                ExternDescription description = externDescription();
                yield new TypeDefinition.Declaration.Import(offset, name.check(isInstance(description)), description);
            }
            case 0x04 -> {
                Attributes name = Attributes.decode(in);
                ExternDescription description = externDescription();
                yield new TypeDefinition.Declaration.Export(offset, name.check(isInstance(description)), description);
            }
            default -> throw in.unexpected("declaration", kind);
        };
    }

    static boolean isInstance(ExternDescription description) {
        return description instanceof ExternDescription.Instance;
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
            case 0x02 -> throw ComponentException.unsupported("values as imports or exports", start);
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
}
