package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitInterface.Versions;

/** The WIT package {@code wasi:clocks} (0.2). Durations and instants are unsigned nanoseconds. */
public final class WasiClocks {

    private WasiClocks() {}

    /**
     * A time.
     *
     * @param seconds since 1970, unsigned
     * @param nanoseconds 0 to 999,999,999
     */
    public record Datetime(long seconds, int nanoseconds) {}

    /** {@code wasi:clocks/monotonic-clock}. */
    @WitInterface(value = "wasi:clocks/monotonic-clock@0.2.0", versions = Versions.COMPATIBLE)
    public interface MonotonicClock {
        /** The time since some moment. */
        long now();

        /** The length of a tick. */
        long resolution();

        /** Ready at that time. */
        WasiIo.Pollable subscribeInstant(long when);

        /** Ready after that time. */
        WasiIo.Pollable subscribeDuration(long when);
    }

    /** {@code wasi:clocks/wall-clock}. */
    @WitInterface(value = "wasi:clocks/wall-clock@0.2.0", versions = Versions.COMPATIBLE)
    public interface WallClock {
        /** The time of day. */
        Datetime now();

        /** The length of a tick. */
        Datetime resolution();
    }
}
