package infrarust.wasm.chicory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** The binary format as far as sections, imports and function bodies go (core specification, chapter 5). */
final class ModuleBytes {

    private static final int HEADER = 8;
    private static final int CUSTOM = 0;
    private static final int TYPE = 1;
    private static final int IMPORT = 2;
    private static final int TABLE = 4;
    private static final int ELEMENT = 9;
    private static final int CODE = 10;
    private static final int TAG = 13;

    /** What an import is, if a tag. */
    private static final int TAG_KIND = 4;

    private static final int FUNCREF = 0x70;

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

    // References to functions

    /** The functions that {@code ref.func} names in functions, each once. */
    static List<Integer> functions(List<BodyScan.Reference> references) {
        return references.stream().map(BodyScan.Reference::function).distinct().toList();
    }

    /**
     * The module with a last table of functions that none of its instructions knew, and each {@code ref.func} in a function as a
     * {@code table.get} of it: so guest code only ever has references that came out of a table, which mean the same everywhere
     * ({@link FunctionReferences}).
     *
     * @param functions what the table holds
     * @param references where functions have {@code ref.func}; none where nobody reads the functions
     */
    static byte[] withReferences(byte[] wasm, List<Integer> functions, List<BodyScan.Reference> references) {
        return functions.isEmpty() ? wasm : new ReferenceTable(wasm, functions, references).write();
    }

    /** Writes a module anew, section by section. */
    private static final class ReferenceTable {

        /** The order of sections (core specification, 5.5.15); 13 are tags. */
        private static final List<Integer> ORDER = List.of(1, 2, 3, TABLE, 5, TAG, 6, 7, 8, ELEMENT, 12, CODE, 11);

        private final byte[] wasm;
        private final List<Integer> functions;
        private final List<BodyScan.Reference> references;
        private final ByteArrayOutputStream out;
        private int table;
        private int nextReference;

        ReferenceTable(byte[] wasm, List<Integer> functions, List<BodyScan.Reference> references) {
            this.wasm = wasm;
            this.functions = functions;
            this.references = references;
            this.out = new ByteArrayOutputStream(wasm.length + 64);
        }

        byte[] write() {
            out.write(wasm, 0, HEADER);
            BinaryReader in = new BinaryReader(wasm, 0, wasm.length);
            in.skip(HEADER);
            // What has been written or passed by, as a place in the order.
            int done = -1;
            while (in.hasMore()) {
                int id = in.u8();
                BinaryReader content = in.part(in.u32());
                int place = ORDER.indexOf(id);
                if (place >= 0) {
                    addBetween(done, place);
                    done = place;
                }
                section(id, content);
            }
            addBetween(done, ORDER.size());
            return out.toByteArray();
        }

        private void addBetween(int done, int place) {
            for (int missing : new int[] {TABLE, ELEMENT}) {
                int at = ORDER.indexOf(missing);
                if (done < at && at < place) {
                    ByteArrayOutputStream section = new ByteArrayOutputStream();
                    ModuleBytes.write(section, 1);
                    section.writeBytes(missing == TABLE ? table() : element());
                    add(missing, section);
                }
            }
        }

        private void section(int id, BinaryReader content) {
            ByteArrayOutputStream section = new ByteArrayOutputStream();
            switch (id) {
                case TABLE, ELEMENT -> {
                    int count = content.count();
                    if (id == TABLE) {
                        table += count;
                    }
                    ModuleBytes.write(section, count + 1);
                    section.write(wasm, content.position(), content.remaining());
                    section.writeBytes(id == TABLE ? table() : element());
                }
                case CODE -> bodies(content, section);
                default -> section.write(wasm, content.position(), content.remaining());
            }
            add(id, section);
            if (id == IMPORT) {
                table = importedTables(content);
            }
        }

        private void add(int id, ByteArrayOutputStream section) {
            out.write(id);
            ModuleBytes.write(out, section.size());
            out.writeBytes(section.toByteArray());
        }

        private byte[] table() {
            ByteArrayOutputStream type = new ByteArrayOutputStream();
            type.write(FUNCREF);
            type.write(1);
            ModuleBytes.write(type, functions.size());
            ModuleBytes.write(type, functions.size());
            return type.toByteArray();
        }

        /** An active segment at {@code i32.const 0} of that table. */
        private byte[] element() {
            ByteArrayOutputStream segment = new ByteArrayOutputStream();
            segment.write(2);
            ModuleBytes.write(segment, table);
            segment.writeBytes(new byte[] {0x41, 0, 0x0b, 0});
            ModuleBytes.write(segment, functions.size());
            functions.forEach(function -> ModuleBytes.write(segment, function));
            return segment.toByteArray();
        }

        private void bodies(BinaryReader in, ByteArrayOutputStream section) {
            int count = in.count();
            ModuleBytes.write(section, count);
            Map<Integer, Integer> places = new HashMap<>();
            functions.forEach(function -> places.put(function, places.size()));
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int i = 0; i < count; i++) {
                BinaryReader part = in.part(in.u32());
                int at = part.position();
                int end = at + part.remaining();
                body.reset();
                while (nextReference < references.size()
                        && references.get(nextReference).start() < end) {
                    BodyScan.Reference reference = references.get(nextReference++);
                    body.write(wasm, at, reference.start() - at);
                    body.write(0x41);
                    signed(body, places.get(reference.function()));
                    body.write(0x25);
                    ModuleBytes.write(body, table);
                    at = reference.end();
                }
                body.write(wasm, at, end - at);
                ModuleBytes.write(section, body.size());
                section.writeBytes(body.toByteArray());
            }
        }

        /** A number that is not negative, as a signed one. */
        private static void signed(ByteArrayOutputStream out, int value) {
            int left = value;
            while (left > 0x3f) {
                out.write((left & 0x7f) | 0x80);
                left >>>= 7;
            }
            out.write(left);
        }
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
        return imported(0, in);
    }

    private static int importedTables(BinaryReader in) {
        return imported(1, in);
    }

    private static int imported(int kind, BinaryReader in) {
        int found = 0;
        for (int left = in.count(); left > 0; left--) {
            in.skip(in.count());
            in.skip(in.count());
            found += in.peek() == kind ? 1 : 0;
            skipImportType(in);
        }
        return found;
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
