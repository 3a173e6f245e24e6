package infrarust.benchmarks.frame;

import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.FrameWalk;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for each of 64 frames that arrived in one read. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SampleFrames.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {LoopThreads.CUSTOM, LoopThreads.CLASS})
@State(Scope.Thread)
public class FrameDecode {

    private static final int VERSION = 767;

    /** Bytes of each packet, id included. */
    @Param({"64", "1024", "16384"})
    public int bytes;

    private final Compression compression = new Compression();
    private final Count passed = new Count();
    private final FrameWalk plain = new FrameWalk(passed, compression);
    private final FrameWalk deflated = new FrameWalk(passed, compression);
    private final FrameWalk peekingPlain = new FrameWalk(passed, compression);
    private final FrameWalk peeking = new FrameWalk(passed, compression);
    private final FrameWalk wanted = new FrameWalk(passed, compression);
    private ByteBuf plainFrames = SampleFrames.packet(1);
    private ByteBuf deflatedFrames = SampleFrames.packet(1);

    /** Counts what comes out, so that it cannot be left away. */
    private static final class Count implements FrameWalk.Sink {
        private long bytes;

        @Override
        public void run(ByteBuf in, int index, int length) {
            bytes += length;
        }

        @Override
        public boolean frame(int id, ByteBuf frame) {
            bytes += frame.readableBytes();
            return true;
        }

        @Override
        public void gap() {
            bytes++;
        }
    }

    /** Makes the frames; the walk asks for what a session asks for in play. */
    @Setup
    public void frames() {
        plainFrames.release();
        deflatedFrames.release();
        plainFrames = SampleFrames.batch(bytes, Compression.OFF);
        deflatedFrames = SampleFrames.batch(bytes, 256);
        PacketIds ids = PacketTable.load().ids(VERSION);
        Interest session = Interest.inEmpty(ids, PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
        plain.interest(session);
        deflated.interest(session);
        deflated.compressed(true);
        Interest ofAnyLength = Interest.in(ids, PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
        peekingPlain.interest(ofAnyLength);
        peeking.interest(ofAnyLength);
        peeking.compressed(true);
        wanted.interest(Interest.ALL);
    }

    /** Gives the frames back. */
    @TearDown
    public void release() {
        plainFrames.release();
        deflatedFrames.release();
        compression.close();
    }

    /** Plain frames that nobody wants. */
    @Benchmark
    public long walkPlain() {
        plain.walk(plainFrames);
        return passed.bytes;
    }

    /** Frames in the compressed form, deflated from 256 bytes on, that are too long for what is wanted. */
    @Benchmark
    public long walkDeflated() {
        deflated.walk(deflatedFrames);
        return passed.bytes;
    }

    /** Plain frames while a packet of any length is looked for: every id is read. */
    @Benchmark
    public long peekPlain() {
        peekingPlain.walk(plainFrames);
        return passed.bytes;
    }

    /** The same of frames in the compressed form: ids of deflated packets are inflated. */
    @Benchmark
    public long peekDeflated() {
        peeking.walk(deflatedFrames);
        return passed.bytes;
    }

    /** Plain frames that somebody wants whole. */
    @Benchmark
    public long takePlain() {
        wanted.walk(plainFrames);
        return passed.bytes;
    }
}
