package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes the entries of one section (Binary.md, "Component Definitions" and what it refers to). */
final class SectionDecoder {

    private final ByteReader in;
    private final TypeDecoder types;
    private final CoreTypeDecoder coreTypes;
    private final CanonDecoder canons;

    /**
     * Starts with a section.
     *
     * @param nested whether it belongs to a component within the outermost one
     */
    SectionDecoder(ByteReader in, Unsupported unsupported, boolean nested) {
        this.in = in;
        this.types = new TypeDecoder(in, unsupported, nested);
        this.coreTypes = new CoreTypeDecoder(in, unsupported);
        this.canons = new CanonDecoder(in, types, unsupported, nested);
    }

    Definition entry(int section) {
        return switch (section) {
            case 2 -> coreInstance();
            case 3 -> coreTypes.coreType();
            case 5 -> instance();
            case 6 -> AliasDecoder.alias(in);
            case 7 -> types.type(0);
            case 8 -> canons.canon();
            case 10 -> importDefinition();
            case 11 -> export();
            default -> throw new IllegalArgumentException("section " + section);
        };
    }

    /** A start definition, of which a section has one (Binary.md, "Start Definitions"); values do not exist here. */
    static Definition start(ByteReader in) {
        int offset = in.position();
        int function = in.u32();
        int arguments = in.u32();
        if (arguments != 0 || in.u32() != 0) {
            throw ComponentException.unsupported("component-level values", offset);
        }
        return new Definition.Start(offset, function);
    }

    private Definition coreInstance() {
        int offset = in.position();
        int kind = in.u8();
        return switch (kind) {
            case 0 -> {
                int module = in.u32();
                int count = in.count();
                List<Definition.CoreArgument> arguments = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    String name = in.name();
                    in.expect(0x12, "the sort core instance");
                    arguments.add(new Definition.CoreArgument(name, in.u32()));
                }
                yield new Definition.CoreInstantiate(offset, module, arguments);
            }
            case 1 -> {
                int count = in.count();
                List<Definition.InlineExport> exports = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    String name = in.name();
                    Sort sort = AliasDecoder.coreSort(in);
                    exports.add(new Definition.InlineExport(name, sort, in.u32()));
                }
                yield new Definition.CoreInline(offset, exports);
            }
            default -> throw in.unexpected("core instance", kind);
        };
    }

    private Definition instance() {
        int offset = in.position();
        int kind = in.u8();
        return switch (kind) {
            case 0 -> {
                int component = in.u32();
                int count = in.count();
                List<Definition.InlineExport> arguments = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    String name = in.name();
                    Sort sort = AliasDecoder.sort(in);
                    arguments.add(new Definition.InlineExport(name, sort, in.u32()));
                }
                yield new Definition.Instantiate(offset, component, arguments);
            }
            case 1 -> {
                int count = in.count();
                List<Definition.InlineExport> exports = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    Attributes name = Attributes.decode(in);
                    Sort sort = AliasDecoder.sort(in);
                    exports.add(new Definition.InlineExport(name.check(sort == Sort.INSTANCE), sort, in.u32()));
                }
                yield new Definition.Inline(offset, exports);
            }
            default -> throw in.unexpected("instance", kind);
        };
    }

    private Definition importDefinition() {
        int offset = in.position();
        Attributes name = Attributes.decode(in);
        ExternDescription type = types.externDescription();
        return new Definition.Import(offset, name.check(TypeDecoder.isInstance(type)), type);
    }

    private Definition export() {
        int offset = in.position();
        Attributes name = Attributes.decode(in);
        Sort sort = AliasDecoder.sort(in);
        if (sort.isCore() && sort != Sort.CORE_MODULE) {
            throw new ComponentException("a " + sort + " cannot be exported", offset);
        }
        int index = in.u32();
        Optional<ExternDescription> type = in.present() ? Optional.of(types.externDescription()) : Optional.empty();
        return new Definition.Export(offset, name.check(sort == Sort.INSTANCE), sort, index, type);
    }
}
