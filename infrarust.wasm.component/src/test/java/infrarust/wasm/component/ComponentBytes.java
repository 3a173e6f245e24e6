package infrarust.wasm.component;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Components in the binary format (Binary.md), for those that are too large to be written down. */
final class ComponentBytes {

    private ComponentBytes() {}

    /** A file of these sections. */
    static byte[] component(byte[]... sections) {
        return join(hex("0061736d 0d000100"), join(sections));
    }

    /** A core module of these sections. */
    static byte[] module(byte[]... sections) {
        return join(hex("0061736d 01000000"), join(sections));
    }

    /** A section that is a list of items. */
    static byte[] section(int id, List<byte[]> items) {
        return section(id, list(items));
    }

    /** A section that is something else: a module or a component. */
    static byte[] section(int id, byte[] content) {
        return join(number(id), number(content.length), content);
    }

    /** A count and as many items. */
    static byte[] list(List<byte[]> items) {
        return join(number(items.size()), join(items.toArray(byte[][]::new)));
    }

    /** The same item again and again. */
    static List<byte[]> times(int count, byte[] item) {
        byte[][] items = new byte[count][];
        Arrays.fill(items, item);
        return List.of(items);
    }

    /** A length and UTF-8. */
    static byte[] name(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(number(bytes.length), bytes);
    }

    /** Unsigned LEB128. */
    static byte[] number(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
