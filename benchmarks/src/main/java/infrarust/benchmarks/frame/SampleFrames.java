package infrarust.benchmarks.frame;

import infrarust.proxy.protocol.Compression;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Random;

/** The packets that the benchmarks send: an id that no part of the proxy asks for, and noise of 16 symbols behind it. */
final class SampleFrames {

    /** How many frames lie behind each other. */
    static final int COUNT = 64;

    /** The id of each packet. */
    static final int ID = 0x2C;

    private static final int SYMBOLS = 16;

    private SampleFrames() {}

    /** One packet of that many bytes, id included. */
    static ByteBuf packet(int bytes) {
        ByteBuf packet = PooledByteBufAllocator.DEFAULT.directBuffer(bytes).writeByte(ID);
        Random noise = new Random(bytes);
        while (packet.readableBytes() < bytes) {
            packet.writeByte(noise.nextInt(SYMBOLS));
        }
        return packet;
    }

    /** {@link #COUNT} frames as they arrive in one read. */
    static ByteBuf batch(int bytes, int threshold) {
        ByteBuf batch = PooledByteBufAllocator.DEFAULT.directBuffer(COUNT * (bytes + 8));
        try (Compression compression = new Compression()) {
            for (int i = 0; i < COUNT; i++) {
                ByteBuf frame = compression.pack(packet(bytes), threshold);
                batch.writeBytes(frame);
                frame.release();
            }
        }
        return batch;
    }
}
