package infrarust.wasm.component.canon;

import infrarust.wasm.spi.CoreHostFunction;
import infrarust.wasm.spi.CoreTrap;

/**
 * What one component instance sees of asynchronous tasks (CanonicalABI.md, "Canonical Built-ins"). All its calls run to their end:
 * each has the two context slots, back pressure may be counted, and everything else ends the call by name, but for {@code
 * task.return}, which is compiled ({@link ImportPlan}). For the store's owner thread.
 */
public final class TaskContext {

    private static final int MAX_PRESSURE = 1 << 16;

    private final InstanceState state;
    private int pressure;

    /** Makes the context of an instance. */
    public TaskContext(InstanceState state) {
        this.state = state;
    }

    /**
     * A built-in as a core function.
     *
     * @param operand the slot of a context built-in
     */
    public CoreHostFunction builtin(String name, int operand) {
        return switch (name) {
            case "context.get" -> io -> io[0] = state.context(operand);
            case "context.set" -> io -> state.context(operand, (int) io[0]);
            case "backpressure.inc" -> _ -> press(1);
            case "backpressure.dec" -> _ -> press(-1);
            default ->
                _ -> {
                    state.checkMayLeave();
                    throw new CoreTrap.Contract(
                            "the guest called " + name + ", which needs asynchronous calls; this host has none");
                };
        };
    }

    private void press(int change) {
        pressure += change;
        if (pressure < 0 || pressure >= MAX_PRESSURE) {
            throw new CoreTrap.Contract("the guest counted its back pressure to " + pressure);
        }
    }
}
