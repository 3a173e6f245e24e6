package infrarust.benchmarks.call;

import infrarust.benchmarks.call.BenchWorld.Guest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How calls are measured: nanoseconds per call; with {@code -prof gc} bytes too. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public abstract class CallBenchmark {

    /** The guest, by hand. */
    @State(Scope.Thread)
    public static class ByHand {
        final HandWritten guest = new HandWritten();

        /** Gives the guest up. */
        @TearDown
        public void close() {
            guest.close();
        }
    }

    /** The guest, through the component layer. */
    @State(Scope.Thread)
    public static class Bound {
        private final BoundGuest bound = new BoundGuest(BoundGuest.compile(BenchWorld.file()));
        final Guest guest = bound.guest;

        /** Gives the guest up. */
        @TearDown
        public void close() {
            bound.close();
        }
    }

    /** No guest at all. */
    @State(Scope.Thread)
    public static class Plain {
        final Guest guest = new PlainJava(value -> value);
    }
}
