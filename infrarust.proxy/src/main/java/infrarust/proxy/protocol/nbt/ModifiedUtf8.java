package infrarust.proxy.protocol.nbt;

import io.netty.buffer.ByteBuf;

/**
 * The strings of NBT: a 16-bit length in bytes, then UTF-8 in which NUL takes two bytes and characters beyond the basic
 * plane are two surrogates of three bytes each, as {@link java.io.DataOutput#writeUTF} defines it.
 */
final class ModifiedUtf8 {

    private static final int MAX_BYTES = 65_535;

    private ModifiedUtf8() {}

    static void write(ByteBuf out, String text) {
        int length = text.length();
        int bytes = 0;
        for (int i = 0; i < length; i++) {
            bytes += size(text.charAt(i));
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("A string of " + bytes + " bytes does not fit into NBT, which allows "
                    + MAX_BYTES + "; send it in parts");
        }
        out.writeShort(bytes);
        out.ensureWritable(bytes);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            switch (size(c)) {
                case 1 -> out.writeByte(c);
                case 2 -> out.writeByte(0xC0 | (c >> 6)).writeByte(continuation(c));
                default ->
                    out.writeByte(0xE0 | (c >> 12))
                            .writeByte(continuation(c >> 6))
                            .writeByte(continuation(c));
            }
        }
    }

    private static int continuation(int bits) {
        return 0x80 | (bits & 0x3F);
    }

    private static int size(char c) {
        if (c != 0 && c < 0x80) {
            return 1;
        }
        return c < 0x800 ? 2 : 3;
    }
}
