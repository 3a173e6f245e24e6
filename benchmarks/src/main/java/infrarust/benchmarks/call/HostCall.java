package infrarust.benchmarks.call;

import org.openjdk.jmh.annotations.Benchmark;

/** The guest calls the host once: a number there and back. */
public class HostCall extends CallBenchmark {

    private int value = 42;

    /** Through exact handles of the engine. */
    @Benchmark
    public int byHand(ByHand state) throws Throwable {
        return state.guest.ask(value);
    }

    /** Through the component layer. */
    @Benchmark
    public int component(Bound state) {
        return state.guest.ask(value);
    }

    /** Without a guest. */
    @Benchmark
    public int plainJava(Plain state) {
        return state.guest.ask(value);
    }
}
