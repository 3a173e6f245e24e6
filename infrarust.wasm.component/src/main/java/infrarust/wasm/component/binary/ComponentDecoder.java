package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.StringEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Decodes the bytes of a component into a {@link ComponentDefinition} (Binary.md). It never allocates by a length that the file
 * declares without the bytes being there, and its recursion is bounded.
 */
public final class ComponentDecoder {

    /** Components within components: tools emit one level, two when components are composed. */
    private static final int MAX_NESTING = 32;

    private static final int PREAMBLE_BYTES = 8;

    private final ByteReader in;
    private final List<Definition> definitions = new ArrayList<>();
    private final int depth;

    private ComponentDecoder(ByteReader in, int depth) {
        this.in = in;
        this.depth = depth;
    }

    /**
     * Decodes a component.
     *
     * @throws ComponentException if the bytes are no component of the supported kind
     */
    public static ComponentDefinition decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length, 0);
    }

    private static ComponentDefinition decode(byte[] bytes, int start, int end, int depth) {
        if (depth > MAX_NESTING) {
            throw new ComponentException("components are nested more than " + MAX_NESTING + " deep", start);
        }
        preamble(bytes, start, end);
        ComponentDecoder decoder = new ComponentDecoder(new ByteReader(bytes, start + PREAMBLE_BYTES, end), depth);
        while (decoder.in.hasRemaining()) {
            decoder.section();
        }
        return new ComponentDefinition(decoder.definitions);
    }

    private static void preamble(byte[] bytes, int start, int end) {
        if (end - start < PREAMBLE_BYTES) {
            throw new ComponentException(
                    "this is no component: it has only " + (end - start) + " bytes, the file may be incomplete", start);
        }
        boolean magic =
                bytes[start] == 0 && bytes[start + 1] == 'a' && bytes[start + 2] == 's' && bytes[start + 3] == 'm';
        if (!magic) {
            if (bytes[start] == '(' || bytes[start] == ';' || Character.isWhitespace(bytes[start])) {
                throw new ComponentException(
                        "this looks like WebAssembly text; turn it into a component with 'wasm-tools parse'", start);
            }
            throw new ComponentException("this is no WebAssembly file: it does not start with \\0asm", start);
        }
        int version = (bytes[start + 4] & 0xff) | (bytes[start + 5] & 0xff) << 8;
        int layer = (bytes[start + 6] & 0xff) | (bytes[start + 7] & 0xff) << 8;
        if (layer == 0) {
            throw new ComponentException(
                    "this is a core WebAssembly module and not a component; build it for the target wasm32-wasip2 or wrap it"
                            + " with 'wasm-tools component new'",
                    start + 4);
        }
        if (layer != 1 || version != 0x0d) {
            throw new ComponentException(
                    "the component format has version " + version + " and layer " + layer
                            + "; this host reads version 13 and layer 1",
                    start + 4);
        }
    }

    private void section() {
        int id = in.u8();
        int size = in.u32();
        int start = in.skip(size, "section " + id);
        ByteReader section = new ByteReader(in.bytes(), start, start + size);
        Body body = new Body(section, new TypeDecoder(section), depth);
        switch (id) {
            case 0 -> {
                section.name();
                return;
            }
            case 1 -> {
                definitions.add(new Definition.CoreModule(start, start, start + size));
                return;
            }
            case 2 -> addAll(section, body::coreInstance);
            case 3 -> addAll(section, body.types()::coreType);
            case 4 -> {
                definitions.add(new Definition.Nested(start, decode(in.bytes(), start, start + size, depth + 1)));
                return;
            }
            case 5 -> addAll(section, body::instance);
            case 6 -> addAll(section, () -> AliasDecoder.alias(section));
            case 7 -> addAll(section, () -> body.types().type(0));
            case 8 -> addAll(section, body::canon);
            case 9 -> throw TypeDecoder.unsupported("a component start function", start);
            case 10 -> addAll(section, body::importDefinition);
            case 11 -> addAll(section, body::export);
            case 12 -> throw TypeDecoder.unsupported("component-level values", start);
            default -> throw new ComponentException("a component has no section of kind " + id, start);
        }
        if (section.hasRemaining()) {
            throw new ComponentException(
                    "section " + id + " has " + (section.end() - section.position()) + " bytes too many",
                    section.position());
        }
    }

    private void addAll(ByteReader section, Supplier<? extends Definition> item) {
        definitions.addAll(section.vector(item::get));
    }

    /** The entries of one section. */
    private record Body(ByteReader in, TypeDecoder types, int depth) {

        Definition coreInstance() {
            int offset = in.position();
            int kind = in.u8();
            return switch (kind) {
                case 0 ->
                    new Definition.CoreInstantiate(offset, in.u32(), in.vector(() -> {
                        String name = in.name();
                        in.expect(0x12, "the sort core instance");
                        return new Definition.CoreArgument(name, in.u32());
                    }));
                case 1 ->
                    new Definition.CoreInline(
                            offset,
                            in.vector(
                                    () -> new Definition.InlineExport(in.name(), AliasDecoder.coreSort(in), in.u32())));
                default -> throw in.unexpected("core instance", kind);
            };
        }

        Definition instance() {
            int offset = in.position();
            int kind = in.u8();
            return switch (kind) {
                case 0 ->
                    new Definition.Instantiate(
                            offset,
                            in.u32(),
                            in.vector(() -> new Definition.InlineExport(in.name(), AliasDecoder.sort(in), in.u32())));
                case 1 ->
                    new Definition.Inline(
                            offset,
                            in.vector(() ->
                                    new Definition.InlineExport(types.externName(), AliasDecoder.sort(in), in.u32())));
                default -> throw in.unexpected("instance", kind);
            };
        }

        Definition canon() {
            int offset = in.position();
            int opcode = in.u8();
            return switch (opcode) {
                case 0x00 -> {
                    in.expect(0, "the sort function");
                    int function = in.u32();
                    CanonicalOptions options = options();
                    yield new Definition.Lift(offset, function, options, in.u32());
                }
                case 0x01 -> {
                    in.expect(0, "the sort function");
                    int function = in.u32();
                    CanonicalOptions options = options();
                    if (options.postReturn().isPresent()) {
                        throw new ComponentException("a lowered function has no post-return function", offset);
                    }
                    yield new Definition.Lower(offset, function, options);
                }
                case 0x02 -> new Definition.ResourceBuiltin(offset, Definition.ResourceOperation.NEW, in.u32());
                case 0x03 -> new Definition.ResourceBuiltin(offset, Definition.ResourceOperation.DROP, in.u32());
                case 0x04 -> new Definition.ResourceBuiltin(offset, Definition.ResourceOperation.REP, in.u32());
                default -> throw unsupportedBuiltin(opcode, offset);
            };
        }

        private ComponentException unsupportedBuiltin(int opcode, int offset) {
            String name = switch (opcode) {
                case 0x05, 0x06, 0x0d, 0x09 -> "async tasks";
                case 0x07 -> "an asynchronous resource.drop";
                case 0x08, 0x24, 0x25 -> "back pressure of async calls";
                case 0x0a, 0x0b -> "context slots of async tasks";
                case 0x0c, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x40, 0x41, 0x42 -> "threads";
                case 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14 -> "streams";
                case 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b -> "futures";
                case 0x1c, 0x1d, 0x1e -> "error contexts";
                case 0x1f, 0x20, 0x21, 0x22, 0x23 -> "waitable sets of async calls";
                default -> "";
            };
            return name.isEmpty()
                    ? new ComponentException(String.format("0x%02x is no canonical function", opcode), offset)
                    : TypeDecoder.unsupported(name, offset);
        }

        private CanonicalOptions options() {
            Optional<StringEncoding> encoding = Optional.empty();
            OptionalInt memory = OptionalInt.empty();
            OptionalInt realloc = OptionalInt.empty();
            OptionalInt postReturn = OptionalInt.empty();
            int count = in.u32();
            for (int i = 0; i < count; i++) {
                int offset = in.position();
                int option = in.u8();
                boolean repeated = switch (option) {
                    case 0, 1, 2 -> encoding.isPresent();
                    case 3 -> memory.isPresent();
                    case 4 -> realloc.isPresent();
                    case 5 -> postReturn.isPresent();
                    default -> false;
                };
                if (repeated) {
                    throw new ComponentException("a canonical option is given twice", offset);
                }
                switch (option) {
                    case 0 -> encoding = Optional.of(StringEncoding.UTF8);
                    case 1 -> encoding = Optional.of(StringEncoding.UTF16);
                    case 2 -> encoding = Optional.of(StringEncoding.LATIN1_UTF16);
                    case 3 -> memory = OptionalInt.of(in.u32());
                    case 4 -> realloc = OptionalInt.of(in.u32());
                    case 5 -> postReturn = OptionalInt.of(in.u32());
                    case 6, 7 -> throw TypeDecoder.unsupported("async lifts or lowers", offset);
                    default -> throw in.unexpected("canonical option", option);
                }
            }
            return new CanonicalOptions(encoding.orElse(StringEncoding.UTF8), memory, realloc, postReturn);
        }

        Definition importDefinition() {
            int offset = in.position();
            return new Definition.Import(offset, types.externName(), types.externDescription());
        }

        Definition export() {
            int offset = in.position();
            String name = types.externName();
            Sort sort = AliasDecoder.sort(in);
            int index = in.u32();
            int ascribed = in.u8();
            return switch (ascribed) {
                case 0 -> new Definition.Export(offset, name, sort, index, Optional.empty());
                case 1 -> new Definition.Export(offset, name, sort, index, Optional.of(types.externDescription()));
                default -> throw in.unexpected("presence flag", ascribed);
            };
        }
    }
}
