package infrarust.proxy.protocol.nbt;

import infrarust.proxy.fuzz.FuzzTarget;
import infrarust.proxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reading of NBT, in the form that the first byte chooses: what can be read can be written, and is read again as the same. */
public final class NbtTarget implements FuzzTarget {

    private static final int NAMED = 763;
    private static final int UNNAMED = 765;

    @Override
    public List<byte[]> seeds() {
        Map<String, Tag> values = new LinkedHashMap<>();
        values.put("byte", new Tag.OfByte((byte) 1));
        values.put("short", new Tag.OfShort((short) 2));
        values.put("int", new Tag.OfInt(3));
        values.put("long", new Tag.OfLong(4));
        values.put("float", new Tag.OfFloat(5));
        values.put("double", new Tag.OfDouble(6));
        values.put("bytes", new Tag.OfByteArray(new byte[] {1, 2}));
        values.put("ints", new Tag.OfIntArray(new int[] {1, 2}));
        values.put("longs", new Tag.OfLongArray(new long[] {1, 2}));
        values.put("text", new Tag.OfString("h\u00e9\u0000\u20ac\ud83d\ude00"));
        values.put("list", new Tag.OfList(List.of(new Tag.OfInt(1), new Tag.OfInt(2))));
        values.put("mixed", new Tag.OfList(List.of(new Tag.OfInt(1), new Tag.OfString("x"))));
        Tag nested = new Tag.OfList(List.of());
        for (int i = 0; i < 20; i++) {
            nested = new Tag.OfList(List.of(nested));
        }
        values.put("nested", nested);
        return List.of(
                written(new Tag.OfCompound(values), NAMED),
                written(new Tag.OfCompound(values), UNNAMED),
                written(new Tag.OfString("text"), UNNAMED));
    }

    private static byte[] written(Tag tag, int protocol) {
        ByteBuf out = Unpooled.buffer().writeByte(protocol == NAMED ? 0 : 1);
        NetworkNbt.write(out, tag, protocol);
        return Arrays.copyOf(out.array(), out.writerIndex());
    }

    @Override
    public void accept(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int protocol = (input[0] & 1) == 0 ? NAMED : UNNAMED;
        Tag tag;
        try {
            tag = NetworkNbt.read(Unpooled.wrappedBuffer(input, 1, input.length - 1), protocol);
        } catch (MalformedPacketException e) {
            return;
        }
        byte[] once = written(tag, protocol);
        byte[] twice = written(NetworkNbt.read(Unpooled.wrappedBuffer(once, 1, once.length - 1), protocol), protocol);
        if (!Arrays.equals(once, twice)) {
            throw new AssertionError("What was read and written is read as something else");
        }
    }
}
