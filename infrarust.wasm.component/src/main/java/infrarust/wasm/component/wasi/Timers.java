package infrarust.wasm.component.wasi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The monotonic clock, and waiting for it. What a guest waits for is a time or ready at once, so the earliest time is all that
 * there is to wait for.
 */
final class Timers implements WasiClocks.MonotonicClock, WasiIo.Poll {

    private final WasiClock clock;
    private final Duration maxWait;

    Timers(WasiClock clock, Duration maxWait) {
        this.clock = clock;
        this.maxWait = maxWait;
    }

    @Override
    public long now() {
        return clock.nanoTime();
    }

    @Override
    public long resolution() {
        return 1;
    }

    @Override
    public WasiIo.Pollable subscribeInstant(long when) {
        return new Timer(when < 0 ? Long.MAX_VALUE : when);
    }

    @Override
    public WasiIo.Pollable subscribeDuration(long when) {
        long end = clock.nanoTime() + when;
        // Beyond 292 years a sum overflows; it may as well be never.
        return new Timer(when < 0 || end < 0 ? Long.MAX_VALUE : end);
    }

    @Override
    public List<Integer> poll(List<WasiIo.Pollable> in) {
        if (in.isEmpty()) {
            throw new IllegalArgumentException("the guest waits for an empty list, which would never end");
        }
        List<Integer> ready = ready(in);
        if (ready.isEmpty()) {
            // All are timers: anything else is ready.
            in.stream()
                    .map(Timer.class::cast)
                    .min((a, b) -> Long.compare(a.end, b.end))
                    .orElseThrow()
                    .block();
            ready = ready(in);
        }
        return ready;
    }

    private static List<Integer> ready(List<WasiIo.Pollable> in) {
        List<Integer> ready = new ArrayList<>();
        for (int i = 0; i < in.size(); i++) {
            if (in.get(i).ready()) {
                ready.add(i);
            }
        }
        return ready;
    }

    private final class Timer implements WasiIo.Pollable {

        private final long end;

        Timer(long end) {
            this.end = end;
        }

        @Override
        public boolean ready() {
            return clock.nanoTime() >= end;
        }

        @Override
        public void block() {
            long left = end - clock.nanoTime();
            if (left > maxWait.toNanos()) {
                throw new IllegalArgumentException(
                        "the guest waits for " + Duration.ofNanos(left) + ", " + maxWait + " are allowed");
            }
            while (left > 0) {
                clock.sleep(Duration.ofNanos(left));
                left = end - clock.nanoTime();
                if (left > 0 && Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("the thread was interrupted while the guest waited");
                }
            }
        }
    }
}
