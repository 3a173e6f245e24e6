package infrarust.wasm.component;

import infrarust.wasm.component.type.ComponentException;
import java.lang.invoke.MethodHandles;

/**
 * A running component. One thread at a time owns it and everything reached through it: bound interfaces, guest resources. Only
 * {@link #runningCall()}, {@link #interrupt(long)} and {@link #isPoisoned()} may be called by other threads.
 *
 * <p>After a trap the instance is poisoned: every further call into it throws {@link infrarust.wasm.spi.CoreTrap.Poisoned}, and
 * all that is left is to {@link #close()} it and make a new one.
 */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class ComponentInstance implements AutoCloseable {

    private ComponentInstance() {}

    /**
     * Binds an exported interface. The result's methods call the guest; they throw {@link infrarust.wasm.spi.CoreTrap} when it
     * traps, {@link IllegalArgumentException} for an argument that its WIT type does not hold (nothing happened then), and {@link
     * IllegalStateException} when the instance is closed or another thread runs a call in it.
     *
     * @param exportedInterface a Java interface with {@link infrarust.wasm.component.bind.WitInterface}; its abstract methods must
     *     all be exported by the component, which may export more
     * @throws ComponentException if the component does not export this interface or a function of it, or the types do not fit
     */
    public <T> T bind(Class<T> exportedInterface) {
        throw new UnsupportedOperationException();
    }

    /** Binds an interface that only another lookup than that of the {@link Imports} sees. */
    public <T> T bind(MethodHandles.Lookup lookup, Class<T> exportedInterface) {
        throw new UnsupportedOperationException();
    }

    /**
     * The number of the outermost call that runs now, or 0. Any thread may ask. A watchdog samples it: the same number seen for
     * longer than a call may take is an overdue call.
     */
    public long runningCall() {
        throw new UnsupportedOperationException();
    }

    /**
     * Stops that call if it still runs: it ends with {@link infrarust.wasm.spi.CoreTrap.Interrupted}. Any thread may ask. A call
     * that waits in a host function ends when the host function returns.
     *
     * @return whether it was still running
     */
    public boolean interrupt(long call) {
        throw new UnsupportedOperationException();
    }

    /** Whether a trap has made this instance unusable. Any thread may ask. */
    public boolean isPoisoned() {
        throw new UnsupportedOperationException();
    }

    /** Gives up the instance and its memory; must not be called while a call runs. A second time it does nothing. */
    @Override
    public void close() {}
}
