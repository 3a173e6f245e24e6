package infrarust.benchmarks.frame;

import infrarust.api.filter.CodecFilter;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.Filters;
import infrarust.api.filter.Frame;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketState;
import infrarust.api.filter.Verdict;
import infrarust.api.player.Player;
import infrarust.proxy.filter.FilterChain;
import infrarust.proxy.filter.FilterRegistry;
import infrarust.proxy.net.Deadlines;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.FrameWalk;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
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
 * Nanoseconds for each of 64 frames that arrived in one read and go to a side with the same compression, past native codec filters that
 * let all pass. Filters that want other packets should cost nothing.
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
public class FilterForward {

    private static final int VERSION = 767;

    /** Bytes of each packet, id included. */
    @Param({"64", "1024", "16384"})
    public int bytes;

    /** How many filters there are, and whether they want these packets. */
    @Param({"none", "1 wants", "10 want", "10 do not"})
    public String filters;

    /** From which length on packets are deflated; {@code plain} for none. */
    @Param({"plain", "256"})
    public String threshold;

    private final Compression compression = new Compression();
    private ByteBuf frames = SampleFrames.packet(1);
    private FrameWalk walk = new FrameWalk(new Nowhere(), compression);

    /** What the benchmark does not look at. */
    private static final class Nowhere implements FrameWalk.Sink {
        @Override
        public void run(ByteBuf in, int index, int length) {}

        @Override
        public boolean frame(int id, ByteBuf frame) {
            return true;
        }

        @Override
        public void gap() {}
    }

    private Side side = new Side(Optional.empty(), false);

    /** Does with frames what a session does with them in play. */
    private final class Side implements FrameWalk.Sink {

        private final Optional<FilterChain> chain;
        private final boolean compressed;
        private long written;

        Side(Optional<FilterChain> chain, boolean compressed) {
            this.chain = chain;
            this.compressed = compressed;
        }

        @Override
        public void run(ByteBuf in, int index, int length) {
            ByteBuf slice = in.retainedSlice(index, length);
            written += slice.readableBytes();
            slice.release();
        }

        @Override
        public boolean frame(int id, ByteBuf frame) {
            FilterChain present = chain.orElseThrow();
            if (!present.wants(id)) {
                return true;
            }
            ByteBuf packet = compression.unpack(frame, compressed);
            try {
                return present.filter(id, packet) == FilterChain.Outcome.PASSES;
            } finally {
                packet.release();
            }
        }

        @Override
        public void gap() {}
    }

    /** Lets pass what it wants, of two kinds so that the call is a real one. */
    private record Passing(PacketInterest interest) implements CodecFilter {
        @Override
        public Verdict filter(Frame frame) {
            return Verdict.pass();
        }
    }

    /** Looks at the first byte. */
    private record Looking(PacketInterest interest) implements CodecFilter {
        @Override
        public Verdict filter(Frame frame) {
            return frame.readByte() == Byte.MIN_VALUE ? Verdict.drop() : Verdict.pass();
        }
    }

    /** Makes the frames and the chain. */
    @Setup
    public void frames() {
        frames.release();
        int from = threshold.equals("plain") ? Compression.OFF : Integer.parseInt(threshold);
        frames = SampleFrames.batch(bytes, from);
        PacketIds ids = PacketTable.load().ids(VERSION);
        Interest session = Interest.in(
                ids, PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION, PacketType.CLIENTBOUND_PLAY_DISCONNECT);
        Optional<FilterChain> chain = filters.equals("none") ? Optional.empty() : Optional.of(chain(ids, from));
        side = new Side(chain, from >= 0);
        walk = new FrameWalk(side, compression);
        walk.compressed(from >= 0);
        walk.interest(chain.map(one -> session.or(one.interest())).orElse(session));
    }

    private FilterChain chain(PacketIds ids, int from) {
        var registry = new FilterRegistry(Duration.ofSeconds(10), Duration.ofSeconds(5));
        Filters own = registry.of("benchmark");
        PacketInterest wanted = PacketInterest.ids(PacketState.PLAY, filters.endsWith("not") ? 0x70 : SampleFrames.ID);
        int count = filters.startsWith("10") ? 10 : 1;
        for (int i = 0; i < count; i++) {
            CodecFilter filter = i % 2 == 0 ? new Looking(wanted) : new Passing(wanted);
            own.codec(FilterSpec.of("benchmark:" + i), ignored -> Optional.of(filter));
        }
        var executor = ImmediateEventExecutor.INSTANCE;
        return registry.codecs()
                .open(
                        new FilterChain.Site(
                                PacketDirection.CLIENTBOUND,
                                ids,
                                nobody(),
                                Optional.of("server"),
                                from,
                                false,
                                executor,
                                new Deadlines(executor, System::nanoTime)),
                        ConnectionState.PLAY,
                        new FilterChain.Host() {
                            @Override
                            public void interestChanged() {}

                            @Override
                            public void answered() {}

                            @Override
                            public void failed(Component reason) {}
                        });
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
        return side.written;
    }

    /** Whose connection it is; nobody asks. */
    private static Player nobody() {
        return (Player) Proxy.newProxyInstance(
                Player.class.getClassLoader(), new Class<?>[] {Player.class}, (player, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
