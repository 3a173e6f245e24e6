package infrarust.proxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Frames without compression: a VarInt length and that many bytes. What the connection looks like before the packet that
 * turns compression on.
 */
public final class Frames {

    /** Longest frame: what a VarInt of three bytes can say. */
    public static final int MAX_LENGTH = 2_097_151;
    /** Longest packet before compression. */
    public static final int MAX_UNCOMPRESSED = 8_388_608;
    /** Bytes of a VarInt in which a frame's length may come. */
    public static final int MAX_LENGTH_BYTES = 3;

    /** {@link #readLength}: the length is not all there yet. */
    public static final int INCOMPLETE = -1;

    private Frames() {}

    /**
     * Reads the length of the frame at the reader index and moves behind it, when it is there.
     *
     * @return the length, 1 to {@code max}, or {@link #INCOMPLETE} with the reader index where it was
     * @throws MalformedPacketException when it is no length, or one out of bounds
     */
    public static int readLength(ByteBuf in, int max) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        int value = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            if (at + i >= end) {
                return INCOMPLETE;
            }
            int b = in.getByte(at + i);
            value |= (b & 0x7F) << (i * 7);
            if (b >= 0) {
                if (value == 0 || value > max) {
                    throw new MalformedPacketException(
                            "Frame of " + value + " bytes where 1 to " + max + " are allowed");
                }
                in.readerIndex(at + i + 1);
                return value;
            }
        }
        throw new MalformedPacketException("Frame length is longer than " + MAX_LENGTH_BYTES + " bytes");
    }

    /**
     * A frame around id and body of a packet, which is taken.
     *
     * @throws MalformedPacketException when the packet is longer than a frame can be
     */
    public static ByteBuf frame(ByteBuf packet) {
        try {
            int length = packet.readableBytes();
            if (length > MAX_LENGTH) {
                throw new MalformedPacketException(
                        "Packet of " + length + " bytes, and no more than " + MAX_LENGTH + " go without compression");
            }
            ByteBuf out = packet.alloc().buffer(MAX_LENGTH_BYTES + length);
            Wire.writeVarInt(out, length);
            return out.writeBytes(packet);
        } finally {
            packet.release();
        }
    }
}
