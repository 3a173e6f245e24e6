package infrarust.benchmarks.call;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** A string in, a longer one out. */
public class StringCall extends CallBenchmark {

    /** What is passed. */
    @Param({"Steve", "Grüße, ☃"})
    public String name = "";

    /** Through exact handles of the engine. */
    @Benchmark
    public Object byHand(ByHand state) throws Throwable {
        return state.guest.greet(name);
    }

    /** Through the component layer. */
    @Benchmark
    public Object component(Bound state) {
        return state.guest.greet(name);
    }

    /** Without a guest. */
    @Benchmark
    public Object plainJava(Plain state) {
        return state.guest.greet(name);
    }
}
