package infrarust.benchmarks.call;

import infrarust.benchmarks.GuestFile;
import infrarust.wasm.chicory.ChicoryProvider;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineSettings;

/** The world {@code bench:calls} in Java. */
final class BenchWorld {

    /** One for all, as in a proxy; lives as long as the process of a fork. */
    private static final CoreEngine ENGINE = new ChicoryProvider().open(CoreEngineSettings.defaults());

    private BenchWorld() {}

    static CoreEngine engine() {
        return ENGINE;
    }

    static GuestFile file() {
        return GuestFile.read("fixtures/bench-calls/bench-calls.wasm");
    }

    /** Ten fields. */
    record Ten(boolean a, int b, short c, int d, long e, float f, double g, int h, int i, long j) {
        static final Ten SAMPLE = new Ten(true, 2, (short) -3, 4, 5, 6.5f, 7.25, 'h', 9, 10);

        long sum() {
            return (a ? 1 : 0) + b + c + d + e + (long) f + (long) g + h + i + j;
        }

        Ten bump() {
            return new Ten(a, b, c, d, e, f, g, h, i, j + 1);
        }
    }

    /** What becomes of a packet. */
    sealed interface Verdict {
        record Pass() implements Verdict {}

        record Drop() implements Verdict {}

        @SuppressWarnings("ArrayRecordComponent") // the binding's form of list<u8>
        record Replace(byte[] data) implements Verdict {}
    }

    /** The import. */
    @WitInterface("bench:calls/host@1.0.0")
    interface Host {
        int tick(int value);
    }

    /** The export. */
    @WitInterface("bench:calls/guest@1.0.0")
    interface Guest {
        int add(int a, int b);

        Verdict filter(int id, byte[] data);

        String greet(String name);

        long sum(Ten value);

        Ten bump(Ten value);

        int ask(int value);
    }
}
