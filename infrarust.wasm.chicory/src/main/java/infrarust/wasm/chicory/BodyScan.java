package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreModuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Walks the instructions of function bodies (core specification, 5.4): notes what they use beyond WebAssembly 1.0, bounds what
 * Chicory's parser and compiler do not, and mends what Chicory does not do right.
 */
final class BodyScan {

    /** As in other engines (WebAssembly JavaScript interface, implementation-defined limits). */
    private static final int MAX_LOCALS = 50_000;

    /** Chicory looks for a label by walking up to it, which an attacker could make quadratic. LLVM nests some hundreds. */
    private static final int MAX_NESTING = 10_000;

    /**
     * The largest {@code int} in as many bytes as any offset above it. Memories are smaller (32,767 pages), so an access with
     * this offset traps like one with the larger; Chicory's 32-bit sum of address and offset would wrap around.
     */
    private static final byte[] FAR_OFFSET = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};

    private final byte[] mended;
    private final Set<CoreFeature> used;
    private final List<Reference> references = new ArrayList<>();

    /** A {@code ref.func} from one byte of the module to before another. */
    record Reference(int start, int end, int function) {}

    /**
     * Makes a scan.
     *
     * @param mended the module's bytes, where offsets are mended in place
     * @param used gets what the bodies use
     */
    BodyScan(byte[] mended, Set<CoreFeature> used) {
        this.mended = mended;
        this.used = used;
    }

    /** A function's locals and instructions. */
    void body(BinaryReader in) {
        locals(in);
        int start = in.position();
        int nesting = 0;
        while (in.hasMore()) {
            int opcode = in.u8();
            if ((opcode >= 0x02 && opcode <= 0x04) || opcode == 0x06 || opcode == 0x1f) {
                if (++nesting > MAX_NESTING) {
                    throw new CoreModuleException(
                            "a function nests more than " + MAX_NESTING + " blocks, at byte " + start);
                }
            } else if (opcode == 0x0b) {
                nesting--;
            }
            if (!immediates(opcode, in)) {
                // Of a proposal that is refused, or of none: what follows cannot be told apart.
                in.skip(in.remaining());
            }
        }
    }

    /** The {@code ref.func} of the bodies so far, in order. */
    List<Reference> references() {
        return references;
    }

    private void locals(BinaryReader in) {
        long sum = 0;
        for (int left = in.count(); left > 0; left--) {
            sum += Integer.toUnsignedLong(in.u32());
            if (sum > MAX_LOCALS) {
                throw in.malformed("too many locals: more than " + MAX_LOCALS);
            }
            ModuleScan.valueType(in, used);
        }
    }

    /** Passes what follows an opcode; false if that is not known. */
    private boolean immediates(int opcode, BinaryReader in) {
        switch (opcode) {
            case 0x02, 0x03, 0x04 -> blockType(in);
            case 0x08, 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24 -> in.u32();
            case 0x0e -> vector(in, 1);
            case 0x11 -> skip(in, 2);
            case 0x12 -> use(CoreFeature.TAIL_CALLS, in, 1);
            case 0x13 -> use(CoreFeature.TAIL_CALLS, in, 2);
            case 0x15 -> {
                use(CoreFeature.TAIL_CALLS, in, 1);
                used.add(CoreFeature.GC);
            }
            case 0x14, 0xd5, 0xd6 -> use(CoreFeature.GC, in, 1);
            case 0xd3, 0xd4 -> used.add(CoreFeature.GC);
            case 0x1c -> {
                for (int left = in.count(); left > 0; left--) {
                    ModuleScan.valueType(in, used);
                }
            }
            case 0x1f -> tryTable(in);
            case 0x0a -> used.add(CoreFeature.EXCEPTIONS);
            case 0x25, 0x26 -> use(CoreFeature.REFERENCE_TYPES, in, 1);
            case 0xd2 -> {
                used.add(CoreFeature.REFERENCE_TYPES);
                int start = in.position() - 1;
                int function = in.u32();
                references.add(new Reference(start, in.position(), function));
            }
            case 0x3f, 0x40 -> in.u32();
            case 0x41 -> in.skipNumber(32);
            case 0x42 -> in.skipNumber(64);
            case 0x43 -> in.skip(4);
            case 0x44 -> in.skip(8);
            case 0xd0 -> ModuleScan.heapType(in, used);
            case 0xd1 -> used.add(CoreFeature.REFERENCE_TYPES);
            case 0xfc -> {
                return miscellaneous(in);
            }
            default -> {
                return loadOrPlain(opcode, in);
            }
        }
        return true;
    }

    private boolean loadOrPlain(int opcode, BinaryReader in) {
        if (opcode >= 0x28 && opcode <= 0x3e) {
            memoryArgument(in);
            return true;
        }
        if (opcode >= 0xc0 && opcode <= 0xc4) {
            used.add(CoreFeature.SIGN_EXTENSION);
            return true;
        }
        switch (opcode) {
            case 0xfb -> used.add(CoreFeature.GC);
            case 0xfd -> used.add(in.u32() >= 0x100 ? CoreFeature.RELAXED_SIMD : CoreFeature.SIMD);
            case 0xfe -> used.add(CoreFeature.THREADS);
            default -> {
                return opcode <= 0x01
                        || opcode == 0x05
                        || opcode == 0x0b
                        || opcode == 0x0f
                        || opcode == 0x1a
                        || opcode == 0x1b
                        || (opcode >= 0x45 && opcode <= 0xbf);
            }
        }
        return false;
    }

    private boolean miscellaneous(BinaryReader in) {
        int opcode = in.u32();
        switch (opcode) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> used.add(CoreFeature.SATURATING_FLOAT_TO_INT);
            case 8, 10 -> use(CoreFeature.BULK_MEMORY, in, 2);
            case 9, 11, 13 -> use(CoreFeature.BULK_MEMORY, in, 1);
            case 12, 14 -> use(CoreFeature.BULK_MEMORY, in, 2);
            case 15, 16, 17 -> use(CoreFeature.REFERENCE_TYPES, in, 1);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void use(CoreFeature feature, BinaryReader in, int indices) {
        used.add(feature);
        skip(in, indices);
    }

    private static void skip(BinaryReader in, int indices) {
        for (int i = 0; i < indices; i++) {
            in.u32();
        }
    }

    private static void vector(BinaryReader in, int after) {
        skip(in, in.count());
        skip(in, after);
    }

    private void blockType(BinaryReader in) {
        int first = in.peek();
        if (first == 0x40) {
            in.u8();
        } else if (first > 0x40 && first < 0x80) {
            ModuleScan.valueType(in, used);
        } else {
            used.add(CoreFeature.MULTI_VALUE);
            in.skipNumber(33);
        }
    }

    private void tryTable(BinaryReader in) {
        used.add(CoreFeature.EXCEPTIONS);
        blockType(in);
        for (int left = in.count(); left > 0; left--) {
            int kind = in.u8();
            if (kind > 3) {
                throw in.malformed("malformed catch clause " + kind);
            }
            skip(in, kind < 2 ? 2 : 1);
        }
    }

    private void memoryArgument(BinaryReader in) {
        int flags = in.u32();
        if ((flags & 0x40) != 0) {
            used.add(CoreFeature.MULTI_MEMORY);
            in.u32();
        }
        int start = in.position();
        if (in.u32() < 0) {
            System.arraycopy(FAR_OFFSET, 0, mended, start, FAR_OFFSET.length);
        }
    }
}
