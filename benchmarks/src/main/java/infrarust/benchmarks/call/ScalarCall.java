package infrarust.benchmarks.call;

import org.openjdk.jmh.annotations.Benchmark;

/** Two numbers in, one out. */
public class ScalarCall extends CallBenchmark {

    private int a = 40;
    private int b = 2;

    /** Through exact handles of the engine. */
    @Benchmark
    public int byHand(ByHand state) throws Throwable {
        return state.guest.add(a, b);
    }

    /** Through the component layer. */
    @Benchmark
    public int component(Bound state) {
        return state.guest.add(a, b);
    }

    /** Without a guest. */
    @Benchmark
    public int plainJava(Plain state) {
        return state.guest.add(a, b);
    }
}
