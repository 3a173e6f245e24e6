package infrarust.wasm.component;

import infrarust.wasm.component.link.Item;
import infrarust.wasm.component.link.RunningComponent;
import infrarust.wasm.component.type.ComponentException;
import java.lang.invoke.MethodHandles;
import java.util.Map;

/**
 * A running component. One thread at a time owns it and everything reached through it: bound interfaces, guest resources. Only
 * {@link #runningCall()}, {@link #interrupt(long)} and {@link #isPoisoned()} may be called by other threads.
 *
 * <p>After a trap the instance is poisoned: every further call into it throws {@link infrarust.wasm.spi.CoreTrap.Poisoned}, and
 * all that is left is to {@link #close()} it and make a new one.
 */
public final class ComponentInstance implements AutoCloseable {

    private final RunningComponent running;
    private final MethodHandles.Lookup lookup;

    ComponentInstance(RunningComponent running, MethodHandles.Lookup lookup) {
        this.running = running;
        this.lookup = lookup;
    }

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
        return bind(lookup, exportedInterface);
    }

    /** Binds an interface that only another lookup than that of the {@link Imports} sees. */
    public <T> T bind(MethodHandles.Lookup lookup, Class<T> exportedInterface) {
        return exportedInterface.cast(running.linkage().bind(running, lookup, exportedInterface));
    }

    /**
     * A function that the component exports without an interface, for callers without Java types.
     *
     * @throws ComponentException if there is none
     */
    public ComponentFunction function(String name) {
        return function(running.plan().exportedItems(), name, "the component");
    }

    /**
     * A function of an exported interface, for callers without Java types.
     *
     * @param interfaceName the name of the export, character by character
     * @param name such as {@code get-player} or {@code [method]player.id}
     * @throws ComponentException if there is none
     */
    public ComponentFunction function(String interfaceName, String name) {
        if (!(running.plan().exportedItems().get(interfaceName) instanceof Item.Instance(Map<String, Item> members))) {
            throw new ComponentException("the component does not export " + interfaceName + "; it exports "
                    + running.plan().exportedItems().keySet());
        }
        return function(members, name, interfaceName);
    }

    private ComponentFunction function(Map<String, Item> members, String name, String place) {
        return switch (members.get(name)) {
            case Item.LiftedFunction function ->
                new ComponentFunction(name, function.type(), running.linkage().function(function), running.state(0));
            case Item.ImportedFunction _ ->
                throw new ComponentException(
                        place + " only passes on the function '" + name + "', which it imports; call what was offered");
            case null, default ->
                throw new ComponentException(
                        place + " exports no function '" + name + "'; it exports " + members.keySet());
        };
    }

    RunningComponent running() {
        return running;
    }

    /**
     * The number of the outermost call that runs now, or 0. Any thread may ask. A watchdog samples it: the same number seen for
     * longer than a call may take is an overdue call.
     */
    public long runningCall() {
        return running.store().runningCall();
    }

    /**
     * Stops that call if it still runs: it ends with {@link infrarust.wasm.spi.CoreTrap.Interrupted}. Any thread may ask. A call
     * that waits in a host function ends when the host function returns.
     *
     * @return whether it was still running
     */
    public boolean interrupt(long call) {
        return running.store().interrupt(call);
    }

    /** Whether a trap has made this instance unusable. Any thread may ask. */
    public boolean isPoisoned() {
        return running.store().isPoisoned();
    }

    /** How many resource handles the guest holds; one that only grows is a leak in the guest. */
    public int heldResources() {
        return running.handles();
    }

    /** Gives up the instance and its memory; must not be called while a call runs. A second time it does nothing. */
    @Override
    public void close() {
        running.close();
    }
}
