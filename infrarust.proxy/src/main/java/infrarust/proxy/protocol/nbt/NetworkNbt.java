package infrarust.proxy.protocol.nbt;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/**
 * NBT in packets. Until 1.20.1 the root is a compound with an empty name behind its type; since 1.20.2 (protocol 764) the
 * name is left out, and since 1.20.3 the root may be of any type. Stateless; any thread.
 */
public final class NetworkNbt {

    /** The first protocol number whose root has no name: 1.20.2. */
    public static final int UNNAMED_ROOT_SINCE = 764;

    private static final int COMPOUND = 10;

    private NetworkNbt() {}

    /**
     * Writes the root in the form of that protocol number.
     *
     * @throws IllegalArgumentException when a string has more than 65,535 bytes in modified UTF-8; what was written before
     *     it stays in the buffer
     */
    public static void write(ByteBuf out, Tag root, int protocol) {
        out.writeByte(root.type());
        if (protocol < UNNAMED_ROOT_SINCE) {
            out.writeShort(0);
        }
        writePayload(out, root);
    }

    private static void writePayload(ByteBuf out, Tag tag) {
        switch (tag) {
            case Tag.OfByte(byte value) -> out.writeByte(value);
            case Tag.OfShort(short value) -> out.writeShort(value);
            case Tag.OfInt(int value) -> out.writeInt(value);
            case Tag.OfLong(long value) -> out.writeLong(value);
            case Tag.OfFloat(float value) -> out.writeFloat(value);
            case Tag.OfDouble(double value) -> out.writeDouble(value);
            case Tag.OfString(String value) -> ModifiedUtf8.write(out, value);
            case Tag.OfByteArray(byte[] value) -> out.writeInt(value.length).writeBytes(value);
            case Tag.OfIntArray(int[] value) -> {
                out.writeInt(value.length);
                for (int element : value) {
                    out.writeInt(element);
                }
            }
            case Tag.OfLongArray(long[] value) -> {
                out.writeInt(value.length);
                for (long element : value) {
                    out.writeLong(element);
                }
            }
            case Tag.OfList(List<Tag> values) -> writeList(out, values);
            case Tag.OfCompound(Map<String, Tag> values) -> {
                values.forEach((name, value) -> {
                    out.writeByte(value.type());
                    ModifiedUtf8.write(out, name);
                    writePayload(out, value);
                });
                out.writeByte(Tag.END);
            }
        }
    }

    private static void writeList(ByteBuf out, List<Tag> values) {
        int type = values.isEmpty() ? Tag.END : values.getFirst().type();
        boolean mixed = values.stream().anyMatch(value -> value.type() != type);
        out.writeByte(mixed ? COMPOUND : type);
        out.writeInt(values.size());
        for (Tag value : values) {
            if (mixed && value.type() != COMPOUND) {
                // A list has one element type; the game wraps what is no compound under the empty name.
                out.writeByte(value.type());
                out.writeShort(0);
                writePayload(out, value);
                out.writeByte(Tag.END);
            } else {
                writePayload(out, value);
            }
        }
    }

    /**
     * Reads a root in the form of that protocol number and leaves the reader index behind it. Bounded as in the game: nested
     * at most {@value NbtReader#MAX_DEPTH} deep, and at most {@value NbtReader#MAX_HEAP} bytes of heap.
     *
     * @throws MalformedPacketException when the bytes are no NBT, or more than that
     */
    public static Tag read(ByteBuf in, int protocol) {
        Wire.need(in, 1);
        int type = in.readByte();
        if (protocol < UNNAMED_ROOT_SINCE) {
            Wire.need(in, 2);
            int name = in.readUnsignedShort();
            Wire.need(in, name);
            in.skipBytes(name);
        }
        return new NbtReader(in).value(type, 0);
    }

    /**
     * Moves the reader index behind a root in the form of that protocol number, without keeping anything of it. Nested at most
     * {@value NbtReader#MAX_DEPTH} deep.
     *
     * @throws MalformedPacketException when the bytes are no NBT
     */
    public static void skip(ByteBuf in, int protocol) {
        Wire.need(in, 1);
        int type = in.readByte();
        if (protocol < UNNAMED_ROOT_SINCE && type != Tag.END) {
            NbtSkip.string(in);
        }
        NbtSkip.value(in, type, 0);
    }

    /** The two directions as a field of a packet's layout. */
    public static Layout<Tag> layout(int protocol) {
        return Layout.of((out, tag) -> write(out, tag, protocol), in -> read(in, protocol));
    }
}
