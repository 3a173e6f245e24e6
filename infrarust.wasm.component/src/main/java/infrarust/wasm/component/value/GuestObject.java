package infrarust.wasm.component.value;

/** What stands for an object of a resource that a guest defines; embedders only pass it on or close it. */
public interface GuestObject extends AutoCloseable {

    /**
     * Gives up the object and runs the guest's destructor. A second time, or after the instance was closed or poisoned, it does
     * nothing. The instance's owner thread only.
     *
     * @throws infrarust.wasm.spi.CoreTrap if the destructor traps
     */
    @Override
    void close();
}
