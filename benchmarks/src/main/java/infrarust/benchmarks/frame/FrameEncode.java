package infrarust.benchmarks.frame;

import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.LibDeflate;
import infrarust.proxy.protocol.ZlibChoice;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for one packet that gets a frame around it, or loses one: what a session pays whose two sides differ. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {LoopThreads.CUSTOM, LoopThreads.CLASS})
@State(Scope.Thread)
public class FrameEncode {

    private static final int THRESHOLD = 256;

    /** Bytes of the packet, id included. */
    @Param({"64", "512", "1024", "2048", "16384"})
    public int bytes;

    /** Which zlib: {@code jdk}, or {@code libdeflate} for packets that are long enough for it. */
    @Param({"jdk", "libdeflate"})
    public String zlib;

    private Compression compression = new Compression();
    private ByteBuf packet = SampleFrames.packet(1);
    private ByteBuf frame = SampleFrames.packet(1);

    /** Makes the packet, and a frame around it. */
    @Setup
    public void packet() {
        packet.release();
        frame.release();
        compression.close();
        compression = new Compression(
                zlib.equals("jdk")
                        ? ZlibChoice.jdk()
                        : ZlibChoice.of(LibDeflate.find(Optional.empty()).orElseThrow()));
        packet = SampleFrames.packet(bytes);
        frame = compression.pack(packet.retainedSlice(), THRESHOLD);
        // Unpacking begins behind the frame's length.
        int ofLength;
        do {
            ofLength = frame.readByte();
        } while (ofLength < 0);
    }

    /** Gives everything back. */
    @TearDown
    public void release() {
        packet.release();
        frame.release();
        compression.close();
    }

    /** A plain frame. */
    @Benchmark
    public int plain() {
        return sizeOf(compression.pack(packet.retainedSlice(), Compression.OFF));
    }

    /** The compressed form, deflated from 256 bytes on. */
    @Benchmark
    public int deflated() {
        return sizeOf(compression.pack(packet.retainedSlice(), THRESHOLD));
    }

    /** The way back. */
    @Benchmark
    public int inflated() {
        return sizeOf(compression.unpack(frame, true));
    }

    private static int sizeOf(ByteBuf written) {
        int size = written.readableBytes();
        written.release();
        return size;
    }
}
