package infrarust.benchmarks.filter;

import java.util.Random;
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

/** One call of a filter that lets the packet pass, in nanoseconds; with {@code -prof gc} in bytes too. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class FilterCall {

    /** Bytes of the packet. */
    @Param({"32", "256", "1024", "16384"})
    public int bytes;

    private byte[] data = {};

    /** Makes the packet. */
    @Setup
    public void packet() {
        data = new byte[bytes];
        new Random(1).nextBytes(data);
    }

    /** The guest, by hand. */
    @State(Scope.Thread)
    public static class ByHand {
        private final CoreFilter filter = new CoreFilter();

        /** Gives the guest up. */
        @TearDown
        public void close() {
            filter.close();
        }
    }

    /** The guest, through the component layer. */
    @State(Scope.Thread)
    public static class Bound {
        private final ComponentFilter filter = new ComponentFilter();

        /** Gives the guest up. */
        @TearDown
        public void close() {
            filter.close();
        }
    }

    /** Two native filters, so that the call is a real one. */
    @State(Scope.Thread)
    public static class Native {
        private final NativeFilter first = new NativeFilter.Passing();
        private final NativeFilter second = new NativeFilter.DroppingEmpty();
        private int turn;

        NativeFilter next() {
            return (turn++ & 1) == 0 ? first : second;
        }
    }

    /** Realloc, copy, filter, post-return through exact handles of the engine. */
    @Benchmark
    public int coreByHand(ByHand guest) throws Throwable {
        return guest.filter.call(0x20, data);
    }

    /** The bound Java interface of the component. */
    @Benchmark
    public Object component(Bound guest) {
        return guest.filter.call(0x20, data);
    }

    /** A native filter that is given the array itself. */
    @Benchmark
    public int plainJava(Native host) {
        return host.next().filter(0x20, data);
    }

    /** A native filter that, like a guest, is given a copy of its own. */
    @Benchmark
    public int plainJavaWithCopy(Native host) {
        return host.next().filter(0x20, data.clone());
    }
}
