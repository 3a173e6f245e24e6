package infrarust.wasm.component.wasi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Where a guest's time comes from. Called by the thread that runs the guest. */
public interface WasiClock {

    /** Nanoseconds since some moment; never goes back. */
    long nanoTime();

    /** The time of day. */
    Instant now();

    /** Waits that long on the calling thread, or less when the thread is interrupted. */
    void sleep(Duration duration);

    /** The system's clocks. */
    static WasiClock system() {
        long start = System.nanoTime();
        return new WasiClock() {
            @Override
            public long nanoTime() {
                // Not the host's own value: when the host started is none of the guest's business.
                return System.nanoTime() - start;
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void sleep(Duration duration) {
                long end = System.nanoTime() + duration.toNanos();
                for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                }
            }
        };
    }
}
