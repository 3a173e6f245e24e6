package infrarust.wasm.component.bind;

/**
 * An object of a resource type that the guest defines, owned by the embedder. Methods may be called by the owner thread of the
 * instance only, like everything else of it. Once closed, given back to the guest as {@code own}, or outlived by its instance,
 * every method throws {@link IllegalStateException}.
 */
public interface GuestResource extends AutoCloseable {

    /**
     * Gives up the object and runs the guest's destructor. A second time, or after the instance was closed or poisoned, it does
     * nothing.
     *
     * @throws infrarust.wasm.spi.CoreTrap if the destructor traps
     */
    @Override
    void close();
}
