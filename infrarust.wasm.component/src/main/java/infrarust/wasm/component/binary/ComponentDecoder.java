package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decodes the bytes of a component into a {@link ComponentDefinition} (Binary.md). It never allocates by a length that the file
 * declares without the bytes being there, and its recursion is bounded.
 */
public final class ComponentDecoder {

    /** Components within components: tools emit one level, two when components are composed. */
    private static final int MAX_NESTING = 100;

    private static final int PREAMBLE_BYTES = 8;

    private final ByteReader in;
    private final Unsupported unsupported;
    private final List<Definition> definitions = new ArrayList<>();
    private final int depth;

    private ComponentDecoder(ByteReader in, Unsupported unsupported, int depth) {
        this.in = in;
        this.unsupported = unsupported;
        this.depth = depth;
    }

    /**
     * Decodes a component.
     *
     * @throws ComponentException if the bytes are no component, or use something behind which nothing can be decoded
     */
    public static ComponentDefinition decode(byte[] bytes) {
        Unsupported unsupported = new Unsupported();
        List<Definition> definitions = decode(bytes, 0, bytes.length, unsupported, 0);
        return new ComponentDefinition(definitions, unsupported.first(), unsupported.isOpaque());
    }

    private static List<Definition> decode(byte[] bytes, int start, int end, Unsupported unsupported, int depth) {
        if (depth > MAX_NESTING) {
            throw new ComponentException("components are nested more than " + MAX_NESTING + " deep", start);
        }
        preamble(bytes, start, end);
        ComponentDecoder decoder =
                new ComponentDecoder(new ByteReader(bytes, start + PREAMBLE_BYTES, end), unsupported, depth);
        while (decoder.in.hasRemaining()) {
            decoder.section();
        }
        return decoder.definitions;
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
        int at = in.position();
        int id = in.u8();
        if (id > 12) {
            throw new ComponentException("a component has no section of kind " + id, at);
        }
        int size = in.u32();
        int start = in.section(id, size);
        ByteReader section = new ByteReader(in.bytes(), start, start + size);
        switch (id) {
            case 0 -> section.name();
            case 1 -> {
                moduleHeader(in.bytes(), start, size);
                definitions.add(new Definition.CoreModule(start, start, start + size));
            }
            case 4 -> {
                List<Definition> nested = decode(in.bytes(), start, start + size, unsupported, depth + 1);
                definitions.add(new Definition.Nested(start, new ComponentDefinition(nested, Optional.empty(), false)));
            }
            case 9 -> {
                definitions.add(SectionDecoder.start(section));
                requireEnd(id, section);
            }
            case 12 -> throw ComponentException.unsupported("component-level values", start);
            default -> entries(id, section);
        }
    }

    /** A core module is decoded by who checks it; that it is no component has to be told here. */
    private static void moduleHeader(byte[] bytes, int start, int size) {
        byte[] header = {0, 'a', 's', 'm', 1, 0, 0, 0};
        for (int i = 0; i < header.length; i++) {
            if (i >= size || bytes[start + i] != header[i]) {
                throw new ComponentException("a core module does not start with \\0asm and version 1", start);
            }
        }
    }

    private void entries(int id, ByteReader section) {
        SectionDecoder decoder = new SectionDecoder(section, unsupported, depth > 0);
        int count = section.count();
        for (int i = 0; i < count; i++) {
            definitions.add(decoder.entry(id));
        }
        requireEnd(id, section);
    }

    private static void requireEnd(int id, ByteReader section) {
        if (section.hasRemaining()) {
            throw new ComponentException(
                    "section " + id + " has " + (section.end() - section.position()) + " bytes too many",
                    section.position());
        }
    }
}
