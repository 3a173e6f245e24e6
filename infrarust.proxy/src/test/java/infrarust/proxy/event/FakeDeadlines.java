package infrarust.proxy.event;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
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

    /** Moves the clock, and runs on this thread what has become due, in that order. */
    public void advance(Duration time) {
        long until = now.addAndGet(time.toNanos());
        List<Due> due = pending.stream()
                .filter(one -> one.nanos() <= until)
                .sorted(Comparator.comparingLong(Due::nanos))
                .toList();
        for (Due one : due) {
            if (pending.remove(one)) {
                one.action().run();
            }
        }
    }

    /** How many actions wait. */
    public int waiting() {
        return pending.size();
    }
}
