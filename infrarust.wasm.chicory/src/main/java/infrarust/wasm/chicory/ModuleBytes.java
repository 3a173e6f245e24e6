package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreModuleException;
import java.io.ByteArrayOutputStream;
import java.util.function.IntPredicate;

/** The binary format as far as sections and function bodies go (core specification, chapter 5). */
final class ModuleBytes {

    private static final int HEADER = 8;
    private static final int CUSTOM = 0;
    private static final int CODE = 10;

    /** Size 3, no locals, {@code unreachable}, {@code end}: valid for any function type. */
    private static final byte[] STUB = {3, 0, 0x00, 0x0b};

    private final byte[] bytes;
    private int at;

    private ModuleBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The module without what nobody reads once its functions are JVM classes: custom sections and function bodies. It
     * parses in a fraction of the time.
     *
     * @param kept whether the function of that index, imports not counted, keeps its body
     */
    static byte[] strip(byte[] wasm, IntPredicate kept) {
        return new ModuleBytes(wasm).strip(kept);
    }

    private byte[] strip(IntPredicate kept) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
        out.write(bytes, 0, HEADER);
        at = HEADER;
        while (at < bytes.length) {
            int id = bytes[at++];
            int size = unsigned();
            int end = at + size;
            if (end < at || end > bytes.length) {
                throw new CoreModuleException("section " + id + " reaches beyond the end of the module");
            }
            if (id == CODE) {
                byte[] code = code(kept);
                out.write(id);
                write(out, code.length);
                out.writeBytes(code);
            } else if (id != CUSTOM) {
                out.write(id);
                write(out, size);
                out.write(bytes, at, size);
            }
            at = end;
        }
        return out.toByteArray();
    }

    private byte[] code(IntPredicate kept) {
        int count = unsigned();
        ByteArrayOutputStream out = new ByteArrayOutputStream(STUB.length * count + 5);
        write(out, count);
        for (int i = 0; i < count; i++) {
            int start = at;
            int size = unsigned();
            at += size;
            if (kept.test(i)) {
                out.write(bytes, start, at - start);
            } else {
                out.writeBytes(STUB);
            }
        }
        return out.toByteArray();
    }

    private int unsigned() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte b = bytes[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new CoreModuleException("a number is longer than 5 bytes at offset " + at);
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
