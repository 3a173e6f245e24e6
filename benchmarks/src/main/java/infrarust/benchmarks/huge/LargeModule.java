package infrarust.benchmarks.huge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A core module of as many functions as a large plugin has. Exports, all of type (i32) -> i32: {@code first}, a small function;
 * {@code indirect}, a call through a table of all small functions by its argument; {@code large}, whose JVM method is huge; {@code
 * too-large}, which has more instructions than one JVM method holds, so that Chicory interprets it.
 */
final class LargeModule {

    private static final int SMALL = 1_200;
    private static final int LARGE = SMALL + 1;
    private static final int TOO_LARGE = SMALL + 2;

    private LargeModule() {}

    static byte[] bytes() {
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(module, 1, new byte[] {1, 0x60, 1, 0x7f, 1, 0x7f});
        section(module, 3, functions());
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        table.writeBytes(new byte[] {1, 0x70, 0});
        number(table, SMALL);
        section(module, 4, table.toByteArray());
        section(module, 7, exports());
        section(module, 9, elements());
        section(module, 10, code());
        return module.toByteArray();
    }

    private static byte[] functions() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, SMALL + 3);
        out.writeBytes(new byte[SMALL + 3]);
        return out.toByteArray();
    }

    private static byte[] exports() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, 4);
        export(out, "first", 0);
        export(out, "indirect", SMALL);
        export(out, "large", LARGE);
        export(out, "too-large", TOO_LARGE);
        return out.toByteArray();
    }

    private static void export(ByteArrayOutputStream out, String name, int index) {
        number(out, name.length());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
        number(out, index);
    }

    private static byte[] elements() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {1, 0, 0x41, 0, 0x0b});
        number(out, SMALL);
        for (int i = 0; i < SMALL; i++) {
            number(out, i);
        }
        return out.toByteArray();
    }

    private static byte[] code() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, SMALL + 3);
        for (int i = 0; i < SMALL; i++) {
            // (i32.add (local.get 0) (i32.const 1))
            body(out, new byte[] {0x20, 0, 0x41, 1, 0x6a});
        }
        // (call_indirect (type 0) (local.get 0) (local.get 0))
        body(out, new byte[] {0x20, 0, 0x20, 0, 0x11, 0, 0});
        body(out, mixing(1_000));
        body(out, mixing(9_000));
        return out.toByteArray();
    }

    /** Six instructions, so many times: (local.set 0 (i32.rotl (local.get 0) (i32.xor (local.get 0) (i32.const i)))). */
    private static byte[] mixing(int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(new byte[] {0x20, 0, 0x20, 0, 0x41, (byte) (i & 0x3f), 0x73, 0x77, 0x21, 0});
        }
        out.writeBytes(new byte[] {0x20, 0});
        return out.toByteArray();
    }

    private static void body(ByteArrayOutputStream out, byte[] instructions) {
        number(out, instructions.length + 2);
        out.write(0);
        out.writeBytes(instructions);
        out.write(0x0b);
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        out.write(id);
        number(out, content.length);
        out.writeBytes(content);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7f) {
            out.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
