package infrarust.proxy.protocol.nbt;

import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;

/** Walks over values that nobody wants to know, allocating nothing: the registries of a join game packet have 100 KiB. */
final class NbtSkip {

    private NbtSkip() {}

    static void value(ByteBuf in, int type, int depth) {
        if (depth > NbtReader.MAX_DEPTH) {
            throw new MalformedPacketException("NBT is nested more than " + NbtReader.MAX_DEPTH + " deep");
        }
        switch (type) {
            case Tag.END -> {}
            case 1 -> bytes(in, 1);
            case 2 -> bytes(in, 2);
            case 3, 5 -> bytes(in, 4);
            case 4, 6 -> bytes(in, 8);
            case 7 -> array(in, 1);
            case 8 -> string(in);
            case 9 -> list(in, depth);
            case 10 -> compound(in, depth);
            case 11 -> array(in, 4);
            case 12 -> array(in, 8);
            default -> throw new MalformedPacketException("NBT has no type " + type);
        }
    }

    private static void list(ByteBuf in, int depth) {
        Wire.need(in, 5);
        int type = in.readByte();
        int count = in.readInt();
        // Elements of no type take no bytes, so that their number would be no bound.
        if (type == Tag.END && count > 0) {
            throw new MalformedPacketException("List of NBT has " + count + " elements of no type");
        }
        for (int i = 0; i < count; i++) {
            value(in, type, depth + 1);
        }
    }

    private static void compound(ByteBuf in, int depth) {
        Wire.need(in, 1);
        for (int type = in.readByte(); type != Tag.END; type = in.readByte()) {
            string(in);
            value(in, type, depth + 1);
            Wire.need(in, 1);
        }
    }

    static void string(ByteBuf in) {
        Wire.need(in, 2);
        bytes(in, in.readUnsignedShort());
    }

    private static void array(ByteBuf in, int bytesEach) {
        Wire.need(in, 4);
        int count = in.readInt();
        if (count < 0 || (long) count * bytesEach > in.readableBytes()) {
            throw new MalformedPacketException("Array of NBT declares " + count + " elements, which are not there");
        }
        in.skipBytes(count * bytesEach);
    }

    private static void bytes(ByteBuf in, int count) {
        Wire.need(in, count);
        in.skipBytes(count);
    }
}
