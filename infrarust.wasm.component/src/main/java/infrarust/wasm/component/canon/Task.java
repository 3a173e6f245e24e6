package infrarust.wasm.component.canon;

import infrarust.wasm.spi.CoreTrap;
import org.jspecify.annotations.Nullable;

/**
 * A call of an async function. It runs to its end before its caller goes on, since nothing here could wake it up, and gives its
 * result on the way (CanonicalABI.md, "Task State"). For the store's owner thread.
 */
final class Task {

    private final TaskResult expected;
    private boolean returned;
    private @Nullable Object value;

    Task(TaskResult expected) {
        this.expected = expected;
    }

    /** {@code task.return}. */
    void giveResult(TaskResult given, @Nullable Object result) {
        if (!given.equals(expected)) {
            throw new CoreTrap.Contract(
                    "the guest called task.return with another type or other options than the running call has");
        }
        if (returned) {
            throw new CoreTrap.Contract("the guest called task.return twice");
        }
        returned = true;
        value = result;
    }

    /** The guest has returned; what it gave, or null where there is no result. */
    @Nullable
    Object end() {
        if (!returned) {
            throw new CoreTrap.Contract("an async function of the guest ended without task.return");
        }
        return value;
    }
}
