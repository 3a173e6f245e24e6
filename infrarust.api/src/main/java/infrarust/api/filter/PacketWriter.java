package infrarust.api.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Writes a packet field by field, in the protocol's own types. For one thread; the methods answer the writer itself. */
public final class PacketWriter {

    private final int id;
    private byte[] bytes = new byte[64];
    private int length;

    /** @param id of the packet */
    public PacketWriter(int id) {
        this.id = id;
    }

    /** The packet as written so far. */
    public RawPacket packet() {
        return new RawPacket(id, Arrays.copyOf(bytes, length));
    }

    /** The lowest eight bits. */
    public PacketWriter writeByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** A byte of 1 or 0. */
    public PacketWriter writeBoolean(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    /** The lowest sixteen bits, the higher byte first. */
    public PacketWriter writeShort(int value) {
        return writeByte(value >> 8).writeByte(value);
    }

    /** Four bytes, the highest first. */
    public PacketWriter writeInt(int value) {
        return writeShort(value >> 16).writeShort(value);
    }

    /** Eight bytes, the highest first. */
    public PacketWriter writeLong(long value) {
        return writeInt((int) (value >> 32)).writeInt((int) value);
    }

    /** Four bytes. */
    public PacketWriter writeFloat(float value) {
        return writeInt(Float.floatToIntBits(value));
    }

    /** Eight bytes. */
    public PacketWriter writeDouble(double value) {
        return writeLong(Double.doubleToLongBits(value));
    }

    /** A number in 1 to 5 bytes of seven bits, the lowest first. */
    public PacketWriter writeVarInt(int value) {
        return writeVarLong(value & 0xFFFF_FFFFL);
    }

    /** A number in 1 to 10 bytes of seven bits, the lowest first. */
    public PacketWriter writeVarLong(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            writeByte((int) rest | 0x80);
            rest >>>= 7;
        }
        return writeByte((int) rest);
    }

    /** Text in UTF-8 behind its length in bytes. */
    public PacketWriter writeString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return writeVarInt(utf8.length).writeBytes(utf8);
    }

    /** Sixteen bytes. */
    public PacketWriter writeUuid(UUID uuid) {
        return writeLong(uuid.getMostSignificantBits()).writeLong(uuid.getLeastSignificantBits());
    }

    /** Bytes as they are. */
    public PacketWriter writeBytes(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
