package infrarust.proxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The protocol's primitive types on a {@link ByteBuf}. Every read is bounded by a limit of the caller and by the bytes that
 * are there; a length that the peer declares is never allocated before that many bytes have arrived. All reads throw
 * {@link MalformedPacketException} instead of an index error.
 */
public final class Wire {

    /** Longest VarInt, in bytes. */
    public static final int MAX_VAR_INT_BYTES = 5;
    /** Longest string of the protocol, in UTF-16 units. */
    public static final int MAX_STRING = 32_767;
    /** Longest host in a handshake; vanilla's limit, and FML puts its markers within it. */
    public static final int MAX_HOST = 255;
    /** Longest player name. */
    public static final int MAX_NAME = 16;

    private Wire() {}

    /** Reads a VarInt of at most five bytes. */
    public static int readVarInt(ByteBuf in) {
        int value = 0;
        for (int i = 0; i < MAX_VAR_INT_BYTES; i++) {
            if (!in.isReadable()) {
                throw new MalformedPacketException("VarInt is cut off");
            }
            int b = in.readByte();
            value |= (b & 0x7F) << (i * 7);
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedPacketException("VarInt is longer than " + MAX_VAR_INT_BYTES + " bytes");
    }

    /** Writes a VarInt in its shortest form. */
    public static void writeVarInt(ByteBuf out, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /** How many bytes {@link #writeVarInt} writes for the value: 1 to 5. */
    public static int varIntSize(int value) {
        return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
    }

    /** Reads a string of at most that many UTF-16 units (three UTF-8 bytes each at most, as vanilla bounds it). */
    public static String readString(ByteBuf in, int maxLength) {
        int bytes = readVarInt(in);
        if (bytes < 0 || bytes > maxLength * 3) {
            throw new MalformedPacketException("String of " + bytes + " bytes where " + maxLength * 3 + " are allowed");
        }
        need(in, bytes);
        String text = in.readString(bytes, StandardCharsets.UTF_8);
        if (text.length() > maxLength) {
            throw new MalformedPacketException(
                    "String of " + text.length() + " characters where " + maxLength + " are allowed");
        }
        return text;
    }

    /** Writes a string with its length in UTF-8 bytes before it. */
    public static void writeString(ByteBuf out, String text) {
        writeVarInt(out, ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(out, text);
    }

    /** Reads a UUID of 16 bytes. */
    public static UUID readUuid(ByteBuf in) {
        need(in, 16);
        return new UUID(in.readLong(), in.readLong());
    }

    /** Writes a UUID as 16 bytes. */
    public static void writeUuid(ByteBuf out, UUID uuid) {
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    /** Reads a byte array with a VarInt length before it. */
    public static byte[] readBytes(ByteBuf in, int maxLength) {
        return readBytes(in, readVarInt(in), maxLength);
    }

    /** Reads a byte array whose length has been read. */
    static byte[] readBytes(ByteBuf in, int length, int maxLength) {
        if (length < 0 || length > maxLength) {
            throw new MalformedPacketException("Array of " + length + " bytes where " + maxLength + " are allowed");
        }
        need(in, length);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    /** Writes a byte array with a VarInt length before it. */
    public static void writeBytes(ByteBuf out, byte[] bytes) {
        writeVarInt(out, bytes.length);
        out.writeBytes(bytes);
    }

    /** Reads everything that is left, which is bounded by the frame. */
    public static byte[] readRest(ByteBuf in) {
        byte[] bytes = new byte[in.readableBytes()];
        in.readBytes(bytes);
        return bytes;
    }

    /** Checks that so many bytes are left. */
    public static void need(ByteBuf in, int bytes) {
        if (in.readableBytes() < bytes) {
            throw new MalformedPacketException("Packet ends " + (bytes - in.readableBytes()) + " bytes too early");
        }
    }
}
