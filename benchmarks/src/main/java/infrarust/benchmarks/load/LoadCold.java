package infrarust.benchmarks.load;

import infrarust.wasm.component.ComponentInstance;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * From the component's bytes to an instance whose start functions have run, once in each JVM. The launcher's ahead-of-time cache
 * is not in use here; with it the cached way takes about a third.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
@State(Scope.Thread)
public class LoadCold {

    /** Whether the code is compiled or comes from the cache. */
    @Param({"compiled", "cached"})
    public String code = "cached";

    private @Nullable CodeFolder folder;

    /** Has another JVM fill the cache. */
    @Setup
    public void fill() {
        if (code.equals("cached")) {
            folder = new CodeFolder();
        }
    }

    /** Deletes it. */
    @TearDown
    public void delete() {
        if (folder != null) {
            folder.close();
        }
    }

    /** Loads. */
    @Benchmark
    public ComponentInstance load() {
        Optional<Path> cache = Optional.ofNullable(folder).map(CodeFolder::path);
        return ProbeComponent.instantiate(new ProbeComponent(cache).compile());
    }
}
