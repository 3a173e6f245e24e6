package infrarust.benchmarks.huge;

import infrarust.wasm.chicory.ChicoryProvider;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineSettings;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The calls that meet huge methods, as the JVM runs them by default; {@link HugeMethodsCompiled} has them compiled. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Thread)
public class HugeMethods {

    private final CoreEngine engine = new ChicoryProvider().open(CoreEngineSettings.defaults());
    private final CoreStore store = engine.newStore(CoreLimits.defaults());
    private final CoreInstance instance = store.instantiate(engine.compile(LargeModule.bytes()), List.of());
    private final CoreFunction first = function("first");
    private final CoreFunction indirect = function("indirect");
    private final CoreFunction large = function("large");
    private final CoreFunction tooLarge = function("too-large");
    private final long[] io = new long[1];
    private int argument;

    private CoreFunction function(String name) {
        return (CoreFunction) instance.export(name).orElseThrow();
    }

    private long call(CoreFunction function) {
        argument = (argument + 1) % 64;
        io[0] = argument;
        function.call(io);
        return io[0];
    }

    /** Gives the guest up. */
    @TearDown
    public void close() {
        store.close();
        engine.close();
    }

    /** By slots: Chicory's dispatch by function index. */
    @Benchmark
    public long bySlots() {
        return call(first);
    }

    /** The same, and a call through a table of 1,200 functions. */
    @Benchmark
    public long indirect() {
        return call(indirect);
    }

    /** A function of 6,000 instructions. */
    @Benchmark
    public long large() {
        return call(large);
    }

    /** A function of 54,000 instructions, more than a JVM method holds: Chicory interprets it. */
    @Benchmark
    public long tooLarge() {
        return call(tooLarge);
    }
}
