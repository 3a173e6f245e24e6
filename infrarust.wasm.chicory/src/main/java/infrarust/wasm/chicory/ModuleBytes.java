package infrarust.wasm.chicory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** The binary format as far as sections, imports and function bodies go (core specification, chapter 5). */
final class ModuleBytes {

    private static final int HEADER = 8;
    private static final int CUSTOM = 0;
    private static final int TYPE = 1;
    private static final int IMPORT = 2;
    private static final int CODE = 10;
    private static final int TAG = 13;

    /** What an import is, if a tag. */
    private static final int TAG_KIND = 4;

    /** Size 3, no locals, {@code unreachable}, {@code end}: valid for any function type. */
    private static final byte[] STUB = {3, 0, 0x00, 0x0b};

    private ModuleBytes() {}

    /** The two levels of an import's name. */
    record Name(String module, String name) {}

    /**
     * A module whose imports are named by their positions.
     *
     * @param names what they were called, in order; the tags that the module defines follow them as imports without such names
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Renamed(byte[] wasm, List<Name> names) {

        static String name(int position) {
            return Integer.toString(position);
        }
    }

    /** What becomes of a section. */
    private interface Rewriting {

        /** Writes the section's new content; false to leave the section out. */
        boolean rewrite(int id, BinaryReader content, ByteArrayOutputStream out);
    }

    /**
     * The module without the function bodies that nobody reads once they are JVM classes. It parses in a fraction of the time.
     *
     * @param kept whether the function of that index, imports counted, keeps its body
     */
    static byte[] strip(byte[] wasm, IntPredicate kept) {
        int[] imported = {0};
        return rewrite(wasm, (id, content, out) -> {
            if (id == CODE) {
                code(wasm, content, i -> kept.test(i + imported[0]), out);
            } else {
                out.write(wasm, content.position(), content.remaining());
            }
            if (id == IMPORT) {
                imported[0] = importedFunctions(content);
            }
            return true;
        });
    }

    /**
     * Names each import by its position. Chicory matches imports by name although names may repeat, and refuses some names
     * that are valid, an empty one of a function among them, which wit-component emits for {@code _initialize}. Custom sections
     * are left out, whose names it refuses as well. The module's own tags become the last imports, which changes no index, since
     * imported tags come first: see {@link GuestTag}.
     */
    static Renamed renameImports(byte[] wasm) {
        List<Name> names = new ArrayList<>();
        List<byte[]> tags = tags(wasm);
        boolean[] written = new boolean[1];
        byte[] renamed = rewrite(wasm, (id, content, out) -> {
            switch (id) {
                case IMPORT -> {
                    imports(wasm, content, names, written[0] ? List.of() : tags, out);
                    written[0] = true;
                }
                case TAG -> out.write(0);
                default -> out.write(wasm, content.position(), content.remaining());
            }
            return id != CUSTOM;
        });
        return new Renamed(written[0] || tags.isEmpty() ? renamed : withImports(renamed, tags), names);
    }

    /** The module, which has no imports, with an import section of its tags, after the types that they name. */
    private static byte[] withImports(byte[] wasm, List<byte[]> tags) {
        BinaryReader in = new BinaryReader(wasm, 0, wasm.length);
        in.skip(HEADER);
        if (in.hasMore() && in.peek() == TYPE) {
            in.u8();
            in.skip(in.u32());
        }
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        write(section, tags.size());
        ownTags(tags, 0, section);
        ByteArrayOutputStream out = new ByteArrayOutputStream(wasm.length + section.size() + 8);
        out.write(wasm, 0, in.position());
        out.write(IMPORT);
        write(out, section.size());
        out.writeBytes(section.toByteArray());
        out.write(wasm, in.position(), in.remaining());
        return out.toByteArray();
    }

    /** The types of the tags that the module defines, each as it stands there: attribute and index. */
    private static List<byte[]> tags(byte[] wasm) {
        List<byte[]> tags = new ArrayList<>();
        BinaryReader in = new BinaryReader(wasm, 0, wasm.length);
        in.skip(HEADER);
        while (in.hasMore()) {
            int id = in.u8();
            BinaryReader content = in.part(in.u32());
            if (id == TAG) {
                for (int left = content.count(); left > 0; left--) {
                    int start = content.position();
                    content.u8();
                    content.u32();
                    tags.add(Arrays.copyOfRange(wasm, start, content.position()));
                }
                if (content.hasMore()) {
                    throw content.malformed("section " + TAG + " is too long");
                }
            }
        }
        return tags;
    }

    private static void ownTags(List<byte[]> tags, int firstPosition, ByteArrayOutputStream out) {
        for (int i = 0; i < tags.size(); i++) {
            writePosition(firstPosition + i, out);
            out.write(TAG_KIND);
            out.writeBytes(tags.get(i));
        }
    }

    private static void writePosition(int position, ByteArrayOutputStream out) {
        byte[] name = Renamed.name(position).getBytes(StandardCharsets.US_ASCII);
        write(out, 0);
        write(out, name.length);
        out.writeBytes(name);
    }

    private static byte[] rewrite(byte[] wasm, Rewriting rewriting) {
        BinaryReader in = new BinaryReader(wasm, 0, wasm.length);
        in.skip(HEADER);
        ByteArrayOutputStream out = new ByteArrayOutputStream(wasm.length + 64);
        out.write(wasm, 0, HEADER);
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        while (in.hasMore()) {
            int id = in.u8();
            section.reset();
            if (rewriting.rewrite(id, in.part(in.u32()), section)) {
                out.write(id);
                write(out, section.size());
                out.writeBytes(section.toByteArray());
            }
        }
        return out.toByteArray();
    }

    private static void code(byte[] wasm, BinaryReader in, IntPredicate kept, ByteArrayOutputStream out) {
        int count = in.count();
        write(out, count);
        for (int i = 0; i < count; i++) {
            int start = in.position();
            in.skip(in.u32());
            if (kept.test(i)) {
                out.write(wasm, start, in.position() - start);
            } else {
                out.writeBytes(STUB);
            }
        }
    }

    private static void imports(
            byte[] wasm, BinaryReader in, List<Name> names, List<byte[]> tags, ByteArrayOutputStream out) {
        int count = in.count();
        write(out, count + tags.size());
        for (int i = 0; i < count; i++) {
            names.add(new Name(in.name(), in.name()));
            writePosition(i, out);
            int start = in.position();
            skipImportType(in);
            out.write(wasm, start, in.position() - start);
        }
        ownTags(tags, count, out);
        // What is left does not belong there; the parser says so.
        out.write(wasm, in.position(), in.remaining());
    }

    private static int importedFunctions(BinaryReader in) {
        int functions = 0;
        for (int left = in.count(); left > 0; left--) {
            in.skip(in.count());
            in.skip(in.count());
            functions += in.peek() == 0 ? 1 : 0;
            skipImportType(in);
        }
        return functions;
    }

    private static void skipImportType(BinaryReader in) {
        int start = in.position();
        int kind = in.u8();
        switch (kind) {
            case 0 -> in.u32();
            case 1 -> {
                skipValueType(in);
                skipLimits(in);
            }
            case 2 -> skipLimits(in);
            case 3 -> {
                skipValueType(in);
                in.u8();
            }
            case TAG_KIND -> {
                in.u8();
                in.u32();
            }
            default -> throw BinaryReader.malformed("malformed import kind " + kind, start);
        }
    }

    private static void skipValueType(BinaryReader in) {
        int form = in.u8();
        if (form == 0x63 || form == 0x64) {
            // A reference type with its heap type spelt out.
            in.skipNumber(33);
        }
    }

    private static void skipLimits(BinaryReader in) {
        int flags = in.u8();
        in.skipNumber(64);
        if ((flags & 1) != 0) {
            in.skipNumber(64);
        }
    }

    private static void write(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7f) {
            out.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
