package infrarust.benchmarks.call;

import infrarust.benchmarks.call.BenchWorld.Ten;
import org.openjdk.jmh.annotations.Benchmark;

/** A record with ten fields: in as ten core values, and out again through memory. */
public class RecordCall extends CallBenchmark {

    private Ten ten = Ten.SAMPLE;

    /** Through exact handles of the engine. */
    @Benchmark
    public long inByHand(ByHand state) throws Throwable {
        return state.guest.sum(ten);
    }

    /** Through the component layer. */
    @Benchmark
    public long inComponent(Bound state) {
        return state.guest.sum(ten);
    }

    /** Without a guest. */
    @Benchmark
    public long inPlainJava(Plain state) {
        return state.guest.sum(ten);
    }

    /** Through exact handles of the engine. */
    @Benchmark
    public Object inOutByHand(ByHand state) throws Throwable {
        return state.guest.bump(ten);
    }

    /** Through the component layer. */
    @Benchmark
    public Object inOutComponent(Bound state) {
        return state.guest.bump(ten);
    }

    /** Without a guest. */
    @Benchmark
    public Object inOutPlainJava(Plain state) {
        return state.guest.bump(ten);
    }
}
