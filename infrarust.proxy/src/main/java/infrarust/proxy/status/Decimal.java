package infrarust.proxy.status;

import io.netty.buffer.ByteBuf;

/** Numbers as decimal digits, straight into a buffer. */
final class Decimal {

    private Decimal() {}

    /** How many bytes {@link #write} writes. */
    static int size(int value) {
        int size = value < 0 ? 2 : 1;
        for (int rest = value / 10; rest != 0; rest /= 10) {
            size++;
        }
        return size;
    }

    static void write(ByteBuf out, int value) {
        int size = size(value);
        int end = out.writerIndex() + size;
        out.ensureWritable(size);
        int rest = value;
        for (int i = end - 1; i >= out.writerIndex(); i--) {
            // The remainder of a negative number is negative, and so is the one of Integer.MIN_VALUE.
            out.setByte(i, '0' + Math.abs(rest % 10));
            rest /= 10;
        }
        if (value < 0) {
            out.setByte(out.writerIndex(), '-');
        }
        out.writerIndex(end);
    }
}
