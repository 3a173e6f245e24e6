package infrarust.proxy.protocol.nbt;

import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.Wire;
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

    static String read(ByteBuf in) {
        Wire.need(in, 2);
        int bytes = in.readUnsignedShort();
        Wire.need(in, bytes);
        int end = in.readerIndex() + bytes;
        var text = new StringBuilder(bytes);
        while (in.readerIndex() < end) {
            int b = in.readByte();
            if (b >= 0) {
                text.append((char) b);
            } else if ((b & 0xE0) == 0xC0) {
                text.append((char) ((b & 0x1F) << 6 | continuation(in, end)));
            } else if ((b & 0xF0) == 0xE0) {
                int high = (b & 0x0F) << 12 | continuation(in, end) << 6;
                text.append((char) (high | continuation(in, end)));
            } else {
                throw new MalformedPacketException("String of NBT is no modified UTF-8");
            }
        }
        return text.toString();
    }

    private static int continuation(ByteBuf in, int end) {
        int b = in.readerIndex() < end ? in.readByte() : 0;
        if ((b & 0xC0) != 0x80) {
            throw new MalformedPacketException("String of NBT is no modified UTF-8");
        }
        return b & 0x3F;
    }
}
