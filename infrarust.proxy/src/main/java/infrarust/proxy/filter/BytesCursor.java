package infrarust.proxy.filter;

import infrarust.api.filter.ByteView;
import infrarust.api.filter.UnreadableBytesException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A part of a buffer as plugins see it; moved from one to the next, so that none is made per packet. For one thread. */
class BytesCursor implements ByteView {

    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private int start;
    private int end;
    private int at;

    /** Shows these bytes, which stay the caller's and must outlast {@link #forget}. */
    final void show(ByteBuf buffer, int from, int to) {
        bytes = buffer;
        start = from;
        end = to;
        at = from;
    }

    /** Reads from the first byte on again. */
    final void rewind() {
        at = start;
    }

    /** Shows nothing any more. */
    final void forget() {
        show(Unpooled.EMPTY_BUFFER, 0, 0);
    }

    /** Writes what is shown. */
    final void copyTo(ByteBuf out) {
        out.writeBytes(bytes, start, end - start);
    }

    /** Goes over so many bytes, and answers the index of the first. */
    private int take(int count) {
        int from = at;
        if (count < 0 || count > end - from) {
            throw new UnreadableBytesException(count + " bytes where " + (end - from) + " are left");
        }
        at = from + count;
        return from;
    }

    @Override
    public final int length() {
        return end - start;
    }

    @Override
    public final int position() {
        return at - start;
    }

    @Override
    public final void position(int next) {
        if (next < 0 || next > end - start) {
            throw new UnreadableBytesException("place " + next + " in " + (end - start) + " bytes");
        }
        at = start + next;
    }

    @Override
    public final byte at(int index) {
        if (index < 0 || index >= end - start) {
            throw new UnreadableBytesException("place " + index + " in " + (end - start) + " bytes");
        }
        return bytes.getByte(start + index);
    }

    @Override
    public final void skip(int count) {
        take(count);
    }

    @Override
    public final byte readByte() {
        return bytes.getByte(take(1));
    }

    @Override
    public final int readUnsignedByte() {
        return bytes.getUnsignedByte(take(1));
    }

    @Override
    public final boolean readBoolean() {
        return readByte() != 0;
    }

    @Override
    public final short readShort() {
        return bytes.getShort(take(Short.BYTES));
    }

    @Override
    public final int readUnsignedShort() {
        return bytes.getUnsignedShort(take(Short.BYTES));
    }

    @Override
    public final int readInt() {
        return bytes.getInt(take(Integer.BYTES));
    }

    @Override
    public final long readLong() {
        return bytes.getLong(take(Long.BYTES));
    }

    @Override
    public final float readFloat() {
        return bytes.getFloat(take(Float.BYTES));
    }

    @Override
    public final double readDouble() {
        return bytes.getDouble(take(Double.BYTES));
    }

    @Override
    public final int readVarInt() {
        return (int) readVar(5);
    }

    @Override
    public final long readVarLong() {
        return readVar(10);
    }

    private long readVar(int most) {
        long value = 0;
        for (int i = 0; i < most; i++) {
            int b = readByte();
            value |= (long) (b & 0x7F) << (i * 7);
            if (b >= 0) {
                return value;
            }
        }
        throw new UnreadableBytesException("a number of more than " + most + " bytes");
    }

    @Override
    public final String readString(int maxLength) {
        int count = readVarInt();
        if (count < 0 || count > maxLength * 3L) {
            throw new UnreadableBytesException("text of " + count + " bytes where " + maxLength * 3L + " are allowed");
        }
        String text = bytes.toString(take(count), count, StandardCharsets.UTF_8);
        if (text.length() > maxLength) {
            throw new UnreadableBytesException(
                    "text of " + text.length() + " characters where " + maxLength + " are allowed");
        }
        return text;
    }

    @Override
    public final UUID readUuid() {
        return new UUID(readLong(), readLong());
    }

    @Override
    public final byte[] readBytes(int count) {
        int from = take(count);
        byte[] copy = new byte[count];
        bytes.getBytes(from, copy);
        return copy;
    }

    @Override
    public final void readBytes(byte[] into, int offset, int count) {
        bytes.getBytes(take(count), into, offset, count);
    }
}
