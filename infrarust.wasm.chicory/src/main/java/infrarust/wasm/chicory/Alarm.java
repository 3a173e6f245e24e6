package infrarust.wasm.chicory;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells the code of one module that a call somewhere in it is overdue. While it is up, each checkpoint of that code asks its
 * store; it comes down when no such call runs any more.
 *
 * <p>A store that ends its call in the same instant as it is asked to stop may miss that it should take the alarm down, so
 * checkpoints look after it from time to time.
 */
final class Alarm {

    private static final int LOOK_AFTER_EVERY = 1_024;

    private final Consumer<Boolean> flag;
    /** Guarded by this. */
    private final Set<ChicoryStore> overdue = new HashSet<>();

    /** Counts without care: a lost count only delays. */
    private int seen;

    /** Makes an alarm that is down. The consumer shows its state to the generated code, with volatile semantics. */
    Alarm(Consumer<Boolean> flag) {
        this.flag = flag;
    }

    synchronized void raise(ChicoryStore store) {
        overdue.add(store);
        flag.accept(true);
    }

    synchronized void settle() {
        if (!overdue.isEmpty()) {
            overdue.removeIf(store -> !store.isOverdue());
            if (overdue.isEmpty()) {
                flag.accept(false);
            }
        }
    }

    /** A checkpoint of a call that is not the overdue one passed while the alarm was up. */
    void passed() {
        if (++seen % LOOK_AFTER_EVERY == 0) {
            settle();
        }
    }
}
