package infrarust.benchmarks.call;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Bytes in, a variant without payload out: what a codec filter does that lets a packet pass. */
public class BytesCall extends CallBenchmark {

    /** How many bytes. */
    @Param({"32", "256", "1024", "16384"})
    public int bytes;

    private byte[] data = {};

    /** Makes them. */
    @Setup
    public void packet() {
        data = new byte[bytes];
        new Random(1).nextBytes(data);
    }

    /** Through exact handles of the engine. */
    @Benchmark
    public Object byHand(ByHand state) throws Throwable {
        return state.guest.filter(0x20, data);
    }

    /** Through the component layer. */
    @Benchmark
    public Object component(Bound state) {
        return state.guest.filter(0x20, data);
    }

    /** Without a guest. */
    @Benchmark
    public Object plainJava(Plain state) {
        return state.guest.filter(0x20, data);
    }
}
