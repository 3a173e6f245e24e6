package infrarust.benchmarks.frame;

import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.FrameWalk;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.LibDeflate;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ZlibChoice;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
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

/**
 * Nanoseconds for each of 64 frames that arrived in one read and go to the other side of a session, whose compression is
 * named: up to the buffers that would be written. Thresholds that are equal leave every frame as it came.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SampleFrames.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {LoopThreads.CUSTOM, LoopThreads.CLASS})
@State(Scope.Thread)
public class FrameForward {

    private static final int VERSION = 767;

    /** Bytes of each packet, id included. */
    @Param({"64", "384", "1024", "16384"})
    public int bytes;

    /** Thresholds of the side that the frames come from and of the one that they go to; {@code plain} has none. */
    @Param({"plain-plain", "256-256", "plain-256", "256-plain", "256-512", "512-256"})
    public String thresholds;

    private Compression compression = new Compression();
    private FrameWalk walk = new FrameWalk(new Side(Compression.OFF, Compression.OFF), compression);
    private ByteBuf frames = SampleFrames.packet(1);
    private Interest wanted = Interest.NONE;
    private long written;

    /** The side that the frames go to; does what a session does with them in play. */
    private final class Side implements FrameWalk.Sink {

        private final int from;
        private final int to;

        Side(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void run(ByteBuf in, int index, int length) {
            write(in.retainedSlice(index, length));
        }

        @Override
        public boolean frame(int id, ByteBuf frame) {
            boolean passes = Compression.hasForm(frame, from >= 0, to);
            if (passes && !wanted.wants(compression.peekId(frame, from >= 0))) {
                return true;
            }
            write(compression.pack(compression.unpack(frame, from >= 0), to));
            return false;
        }

        @Override
        public void gap() {}

        private void write(ByteBuf bytes) {
            written += bytes.readableBytes();
            bytes.release();
        }
    }

    /** Makes the frames. */
    @Setup
    public void frames() {
        frames.release();
        compression.close();
        compression =
                new Compression(ZlibChoice.of(LibDeflate.find(Optional.empty()).orElseThrow()));
        int from = threshold(thresholds.substring(0, thresholds.indexOf('-')));
        int to = threshold(thresholds.substring(thresholds.indexOf('-') + 1));
        frames = SampleFrames.batch(bytes, from);
        PacketIds ids = PacketTable.load().ids(VERSION);
        wanted = Interest.in(
                ids, PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION, PacketType.CLIENTBOUND_PLAY_DISCONNECT);
        walk = new FrameWalk(new Side(from, to), compression);
        walk.compressed(from >= 0);
        walk.interest(from == to ? wanted : Interest.ALL);
    }

    private static int threshold(String name) {
        return name.equals("plain") ? Compression.OFF : Integer.parseInt(name);
    }

    /** Gives everything back. */
    @TearDown
    public void release() {
        frames.release();
        compression.close();
    }

    /** All the frames of one read. */
    @Benchmark
    public long forward() {
        walk.walk(frames);
        return written;
    }
}
