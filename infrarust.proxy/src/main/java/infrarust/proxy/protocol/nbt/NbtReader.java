package infrarust.proxy.protocol.nbt;

import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one root. Nothing is allocated by a length that the peer declares before that many bytes are there. */
final class NbtReader {

    /** As in the game. */
    static final int MAX_DEPTH = 512;
    /** As in the game; a compound without content takes one byte on the wire and far more than that here. */
    static final int MAX_HEAP = 2_097_152;

    private static final int HEAP_PER_TAG = 48;

    private final ByteBuf in;
    private int heap;

    NbtReader(ByteBuf in) {
        this.in = in;
    }

    Tag value(int type, int depth) {
        account(HEAP_PER_TAG);
        return switch (type) {
            case 1 -> new Tag.OfByte(need(1).readByte());
            case 2 -> new Tag.OfShort(need(2).readShort());
            case 3 -> new Tag.OfInt(need(4).readInt());
            case 4 -> new Tag.OfLong(need(8).readLong());
            case 5 -> new Tag.OfFloat(need(4).readFloat());
            case 6 -> new Tag.OfDouble(need(8).readDouble());
            case 7 -> {
                byte[] bytes = new byte[count(1)];
                in.readBytes(bytes);
                yield new Tag.OfByteArray(bytes);
            }
            case 8 -> new Tag.OfString(string());
            case 9 -> list(deeper(depth));
            case 10 -> compound(deeper(depth));
            case 11 -> {
                int[] values = new int[count(4)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readInt();
                }
                yield new Tag.OfIntArray(values);
            }
            case 12 -> {
                long[] values = new long[count(8)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readLong();
                }
                yield new Tag.OfLongArray(values);
            }
            default -> throw new MalformedPacketException("NBT has no type " + type);
        };
    }

    private Tag list(int depth) {
        int type = need(1).readByte();
        int count = need(4).readInt();
        if (count > 0 && type == Tag.END) {
            throw new MalformedPacketException("List of NBT has " + count + " elements of no type");
        }
        List<Tag> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(type, depth));
        }
        return new Tag.OfList(values);
    }

    private Tag compound(int depth) {
        Map<String, Tag> values = new LinkedHashMap<>();
        for (int type = need(1).readByte(); type != Tag.END; type = need(1).readByte()) {
            values.put(string(), value(type, depth));
        }
        return new Tag.OfCompound(values);
    }

    private String string() {
        String text = ModifiedUtf8.read(in);
        account(2 * text.length());
        return text;
    }

    /** The length of an array whose elements have that many bytes, all of which are there. */
    private int count(int bytesEach) {
        int count = need(4).readInt();
        if (count < 0 || (long) count * bytesEach > in.readableBytes()) {
            throw new MalformedPacketException("Array of NBT declares " + count + " elements, which are not there");
        }
        account(count * bytesEach);
        return count;
    }

    private ByteBuf need(int bytes) {
        Wire.need(in, bytes);
        return in;
    }

    private void account(int bytes) {
        heap += bytes;
        if (heap > MAX_HEAP) {
            throw new MalformedPacketException("NBT takes more than " + MAX_HEAP + " bytes of memory");
        }
    }

    private static int deeper(int depth) {
        if (depth == MAX_DEPTH) {
            throw new MalformedPacketException("NBT is nested more than " + MAX_DEPTH + " deep");
        }
        return depth + 1;
    }
}
