package infrarust.proxy.event;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. */
public final class FakeDeadlines implements Deadlines {

    private record Due(long nanos, Runnable action) {}

    private final List<Due> pending = new CopyOnWriteArrayList<>();
    private final AtomicLong now = new AtomicLong();

    @Override
    public Pending after(Duration delay, Runnable action) {
        Due due = new Due(now.get() + delay.toNanos(), action);
        pending.add(due);
        return () -> pending.remove(due);
    }

    @Override
    public long nanoTime() {
        return now.get();
    }

    /** Moves the clock, and runs on this thread what becomes due on the way, each at its time. */
    public void advance(Duration time) {
        long until = now.get() + time.toNanos();
        for (Optional<Due> next = due(until); next.isPresent(); next = due(until)) {
            Due one = next.get();
            if (pending.remove(one)) {
                now.set(Math.max(now.get(), one.nanos()));
                one.action().run();
            }
        }
        now.set(until);
    }

    private Optional<Due> due(long until) {
        return pending.stream().filter(one -> one.nanos() <= until).min(Comparator.comparingLong(Due::nanos));
    }

    /** How many actions wait. */
    public int waiting() {
        return pending.size();
    }
}
