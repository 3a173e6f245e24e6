package infrarust.benchmarks.load;

import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The same steps again and again in one JVM, and what instances weigh. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 30)
@Fork(1)
@State(Scope.Thread)
public class LoadWarm {

    private static final int INSTANCES = 50;

    private final ProbeComponent compiling = new ProbeComponent(Optional.empty());
    private @Nullable CodeFolder folder;
    private Optional<Path> cache = Optional.empty();
    private final Component component = compiling.compile();

    /** Fills the cache. */
    @Setup
    public void fill() {
        folder = new CodeFolder();
        cache = Optional.of(folder.path());
    }

    /** Deletes it. */
    @TearDown
    public void delete() {
        compiling.close();
        if (folder != null) {
            folder.close();
        }
    }

    /** Decoding, checking and compiling. */
    @Benchmark
    public Component compiled() {
        return compiling.compile();
    }

    /** The same with code from the cache. */
    @Benchmark
    public Component cached() {
        try (ProbeComponent probe = new ProbeComponent(cache)) {
            return probe.compile();
        }
    }

    /** One more instance. */
    @Benchmark
    public void instantiate() {
        ProbeComponent.instantiate(component).close();
    }

    /** A figure beside the time. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Heap {
        /** KiB of heap that an instance takes, its linear memory of 17 pages (1,088 KiB) included. */
        public long kibPerInstance;
    }

    /** The weight of an instance. One round, because JMH adds the figures of several. */
    @Benchmark
    @Warmup(iterations = 1)
    @Measurement(iterations = 1)
    public List<ComponentInstance> weigh(Heap heap) {
        List<ComponentInstance> instances = new ArrayList<>();
        long before = used();
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(ProbeComponent.instantiate(component));
        }
        heap.kibPerInstance = (used() - before) / INSTANCES / 1024;
        return instances;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
