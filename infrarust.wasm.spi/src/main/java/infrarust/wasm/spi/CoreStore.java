package infrarust.wasm.spi;

import java.util.List;

/**
 * Holds every core instance of one component instance. One thread at a time owns it; the owner may change between calls.
 *
 * <p>After a trap the store is <em>poisoned</em>: guest code of it never runs again, and calls throw {@link
 * CoreTrap.Poisoned}.
 */
public interface CoreStore extends AutoCloseable {

    /**
     * Instantiates a module and runs its start function. This is a call like any other: it has a number, {@link #interrupt}
     * stops it, and a trap in it poisons the store. Neither {@code _start} nor {@code _initialize} is called.
     *
     * @param imports one per {@link CoreModule#imports()}, by position: exports of instances of this store, or its host
     *     functions
     * @throws CoreLinkException if an import has another type than the module wants, or belongs to another store, or a limit
     *     is exceeded
     * @throws CoreTrap if an active segment is out of bounds or the start function traps
     * @throws IllegalArgumentException if another engine compiled the module
     * @throws IllegalStateException when the store is closed or another thread runs a call in it
     */
    CoreInstance instantiate(CoreModule module, List<CoreExtern> imports);

    /** Makes a function of the host, to be passed as an import or called like any other. */
    CoreFunction hostFunction(CoreFunctionType type, CoreHostFunction body);

    /**
     * The number of the outermost call that runs now, or 0 when none does. Numbers grow and never repeat within a store. Any
     * thread may ask. A watchdog samples it: the same number seen for longer than a call may take is an overdue call.
     */
    long runningCall();

    /**
     * Stops that call, if it is still the one that runs: it ends with {@link CoreTrap.Interrupted} at its next call or loop
     * turn. Any thread may ask. No later call is affected, and the interrupt flag of the owner thread is as it was.
     *
     * @return whether the call was still running when the request was made
     */
    boolean interrupt(long call);

    /** Whether a trap has made this store unusable. Any thread may ask. */
    boolean isPoisoned();

    /**
     * Makes this store unusable because the layer above found the guest in breach of its rules outside of a guest's call, for
     * example while it lifted a result. A trap that leaves a guest or host function poisons by itself. The first cause stays.
     */
    void poison(CoreTrap cause);

    /** Gives up memory. Must not be called while a call runs; closing twice is harmless. */
    @Override
    void close();
}
