package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreModuleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks through a module before Chicory does: refuses by name what the engine does not offer, believes no length that the bytes
 * cannot hold, bounds the compiler's work, and checks the few rules that Chicory's validator leaves out: duplicate export names,
 * export indices, globals in constant expressions, tags with results.
 */
final class ModuleScan {

    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private final byte[] mended;
    private final Set<CoreFeature> used = EnumSet.noneOf(CoreFeature.class);
    private final Set<CoreFeature> offered;
    /** How many results the function type of each index has. */
    private final List<Integer> resultCounts = new ArrayList<>();

    private final CompilationWork work = new CompilationWork();
    private final int[] counts = new int[5];
    private final List<BodyScan.Reference> references = new ArrayList<>();
    private int exportsAt = -1;
    private int exportsEnd;

    private ModuleScan(byte[] mended, Set<CoreFeature> offered) {
        this.mended = mended;
        this.offered = offered;
    }

    /**
     * A module that was checked.
     *
     * @param wasm the same module, with offsets mended that Chicory would take wrong
     * @param references where functions have {@code ref.func}
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Checked(byte[] wasm, List<BodyScan.Reference> references) {}

    /**
     * Checks a module.
     *
     * @throws CoreModuleException if the module is not valid, or uses what is not offered
     */
    static Checked check(byte[] wasm, Set<CoreFeature> offered) {
        ModuleScan scan = new ModuleScan(wasm.clone(), offered);
        scan.sections();
        scan.refuse();
        scan.work.check();
        scan.exports();
        return new Checked(scan.mended, scan.references);
    }

    private void refuse() {
        Set<CoreFeature> missing = EnumSet.copyOf(used);
        missing.removeAll(offered);
        if (!missing.isEmpty()) {
            throw new CoreModuleException("the module uses " + missing + ", which this engine does not offer");
        }
    }

    private void sections() {
        if (mended.length < HEADER.length || !Arrays.equals(HEADER, 0, HEADER.length, mended, 0, HEADER.length)) {
            throw new CoreModuleException("not a valid core module: it does not start with \\0asm and version 1");
        }
        BinaryReader in = new BinaryReader(mended, HEADER.length, mended.length);
        while (in.hasMore()) {
            int id = in.u8();
            section(id, in.part(in.u32()));
        }
    }

    private void section(int id, BinaryReader in) {
        switch (id) {
            case 0 -> in.name();
            case 1 -> each(in, this::type);
            case 2 -> each(in, this::imported);
            case 3 -> counts[0] += each(in, function -> work.ownFunction(typeIndex(function)));
            case 4 -> counts[1] += each(in, this::table);
            case 5 -> counts[2] += each(in, this::limits);
            case 6 -> each(in, this::global);
            case 7 -> {
                exportsAt = in.position();
                exportsEnd = exportsAt + in.remaining();
            }
            case 9 -> each(in, this::element);
            case 10 -> {
                refuse();
                BodyScan bodies = new BodyScan(mended, used);
                each(in, body -> bodies.body(body.part(body.u32())));
                work.references(bodies.references().size());
                references.addAll(bodies.references());
            }
            case 11 -> each(in, this::data);
            case 13 -> {
                used.add(CoreFeature.EXCEPTIONS);
                counts[4] += each(in, tag -> {
                    // It becomes an import (GuestTag).
                    work.imported();
                    tag(tag);
                });
            }
            default -> {
                // Start and data count are a number each; what is unknown the parser refuses.
            }
        }
        if (counts[2] > 1) {
            used.add(CoreFeature.MULTI_MEMORY);
        }
    }

    private interface Item {
        void read(BinaryReader in);
    }

    private static int each(BinaryReader in, Item item) {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            item.read(in);
        }
        return count;
    }

    private void type(BinaryReader in) {
        int form = in.u8();
        if (form != 0x60) {
            // Structures, arrays and recursive groups; or nothing that exists, which is not worth telling apart.
            if (form < 0x4e || form > 0x5f) {
                throw in.malformed("unknown form of type " + form);
            }
            used.add(CoreFeature.GC);
            refuse();
        }
        // Forms alone, without what reference types of a refused proposal say beyond theirs.
        StringBuilder shape = new StringBuilder();
        Item value = type -> {
            shape.append((char) type.peek());
            valueType(type, used);
        };
        each(in, value);
        shape.append(':');
        int results = each(in, value);
        work.type(shape.toString());
        if (results > 1) {
            used.add(CoreFeature.MULTI_VALUE);
        }
        resultCounts.add(results);
    }

    /** A value type (core specification, 5.3.5). */
    static void valueType(BinaryReader in, Set<CoreFeature> used) {
        int form = in.u8();
        switch (form) {
            case 0x7f, 0x7e, 0x7d, 0x7c -> {
                // The four numbers.
            }
            case 0x7b -> used.add(CoreFeature.SIMD);
            case 0x70 -> used.add(CoreFeature.REFERENCE_TYPES);
            case 0x6f -> used.add(CoreFeature.REFERENCE_TYPES);
            case 0x69 -> used.add(CoreFeature.EXCEPTIONS);
            case 0x63, 0x64 -> {
                used.add(CoreFeature.GC);
                in.skipNumber(33);
            }
            case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73, 0x74 -> used.add(CoreFeature.GC);
            default -> throw in.malformed("unknown value type " + form);
        }
    }

    static void heapType(BinaryReader in, Set<CoreFeature> used) {
        int form = in.peek();
        if (form == 0x70 || form == 0x6f) {
            used.add(CoreFeature.REFERENCE_TYPES);
        } else {
            used.add(form == 0x69 ? CoreFeature.EXCEPTIONS : CoreFeature.GC);
        }
        in.skipNumber(33);
    }

    private void limits(BinaryReader in) {
        int flags = in.u8();
        if (flags > 7) {
            throw in.malformed("malformed limits " + flags);
        }
        if ((flags & 2) != 0) {
            used.add(CoreFeature.THREADS);
        }
        if ((flags & 4) != 0) {
            used.add(CoreFeature.MEMORY64);
        }
        int bits = (flags & 4) != 0 ? 64 : 32;
        in.skipNumber(bits);
        if ((flags & 1) != 0) {
            in.skipNumber(bits);
        }
    }

    private void imported(BinaryReader in) {
        work.imported();
        in.name();
        in.name();
        int kind = in.u8();
        switch (kind) {
            case 0 -> work.importedFunction(typeIndex(in));
            case 1 -> {
                valueType(in, used);
                limits(in);
            }
            case 2 -> limits(in);
            case 3 -> {
                valueType(in, used);
                if (in.u8() == 1) {
                    used.add(CoreFeature.MUTABLE_GLOBALS);
                }
            }
            case 4 -> {
                used.add(CoreFeature.EXCEPTIONS);
                tag(in);
            }
            default -> throw in.malformed("malformed import kind " + kind);
        }
        counts[kind]++;
    }

    private int typeIndex(BinaryReader in) {
        int type = in.u32();
        if (type < 0 || type >= resultCounts.size()) {
            throw in.malformed("unknown type " + Integer.toUnsignedString(type));
        }
        return type;
    }

    private void tag(BinaryReader in) {
        if (in.u8() != 0) {
            throw in.malformed("malformed attribute of a tag");
        }
        int type = typeIndex(in);
        if (resultCounts.get(type) != 0) {
            throw in.malformed("a tag has a type with results");
        }
    }

    private void table(BinaryReader in) {
        if (in.peek() == 0x40) {
            // An initial value for all elements came with typed references.
            used.add(CoreFeature.GC);
            in.u8();
            in.u8();
            valueType(in, used);
            limits(in);
            expression(in);
        } else {
            valueType(in, used);
            limits(in);
        }
    }

    private void global(BinaryReader in) {
        valueType(in, used);
        in.u8();
        expression(in);
        counts[3]++;
    }

    private void element(BinaryReader in) {
        int flags = in.u32();
        if (flags < 0 || flags > 7) {
            throw in.malformed("malformed element segment " + flags);
        }
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        boolean active = (flags & 1) == 0;
        if (active && explicit) {
            in.u32();
        }
        if (active) {
            expression(in);
        }
        if (!active || explicit) {
            if (expressions) {
                valueType(in, used);
            } else {
                in.u8();
            }
        }
        each(in, expressions ? this::expression : BinaryReader::u32);
    }

    private void data(BinaryReader in) {
        int mode = in.u32();
        if (mode < 0 || mode > 2) {
            throw in.malformed("malformed data segment " + mode);
        }
        if (mode == 2) {
            in.u32();
        }
        if (mode != 1) {
            expression(in);
        }
        in.skip(in.count());
    }

    /** A constant expression (core specification, 3.3.10). */
    private void expression(BinaryReader in) {
        int numbers = 0;
        for (int opcode = in.u8(); opcode != 0x0b; opcode = in.u8()) {
            switch (opcode) {
                case 0x23 -> {
                    int index = in.u32();
                    if (index < 0 || index >= counts[3]) {
                        throw in.malformed("unknown global " + Integer.toUnsignedString(index));
                    }
                }
                case 0x41 -> in.skipNumber(32);
                case 0x42 -> in.skipNumber(64);
                case 0x43 -> in.skip(4);
                case 0x44 -> in.skip(8);
                case 0xd0 -> heapType(in, used);
                case 0xd2 -> in.u32();
                case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> used.add(CoreFeature.EXTENDED_CONST);
                case 0xfb -> {
                    used.add(CoreFeature.GC);
                    refuse();
                }
                case 0xfd -> {
                    used.add(CoreFeature.SIMD);
                    refuse();
                }
                default -> throw in.malformed("constant expression required");
            }
            numbers++;
        }
        if (numbers == 0) {
            throw in.malformed("type mismatch: an empty constant expression");
        }
    }

    /** When all that can be exported is known. */
    private void exports() {
        if (exportsAt < 0) {
            return;
        }
        Set<String> names = new HashSet<>();
        each(new BinaryReader(mended, exportsAt, exportsEnd), in -> {
            String name = in.name();
            if (!names.add(name)) {
                throw in.malformed("duplicate export name \"" + name + "\"");
            }
            int kind = in.u8();
            if (kind >= counts.length) {
                throw in.malformed("malformed export kind " + kind);
            }
            int index = in.u32();
            if (index < 0 || index >= counts[kind]) {
                throw in.malformed("export \"" + name + "\" is of unknown "
                        + List.of("function", "table", "memory", "global", "tag")
                                .get(kind) + " "
                        + Integer.toUnsignedString(index));
            }
        });
    }
}
