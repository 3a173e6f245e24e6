package infrarust.proxy.command;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What one source has asked for, one after the other, with a bound on what may wait. Any thread. */
public final class CommandLane {

    /** How many may wait behind the one that runs. */
    public static final int MOST_WAITING = 16;

    private final Queue<Supplier<? extends CompletionStage<?>>> waiting = new ArrayDeque<>();
    private boolean running;

    /**
     * Starts the work now, or when what was given before has ended.
     *
     * @param work begins it and answers its end; must not throw
     * @return whether there was room
     */
    boolean offer(Supplier<? extends CompletionStage<?>> work) {
        synchronized (waiting) {
            if (running) {
                return waiting.size() < MOST_WAITING && waiting.add(work);
            }
            running = true;
        }
        begin(work);
        return true;
    }

    private void begin(Supplier<? extends CompletionStage<?>> work) {
        var _ = work.get().whenComplete((result, failure) -> next());
    }

    private void next() {
        Supplier<? extends CompletionStage<?>> work;
        synchronized (waiting) {
            work = waiting.poll();
            if (work == null) {
                running = false;
                return;
            }
        }
        begin(work);
    }
}
