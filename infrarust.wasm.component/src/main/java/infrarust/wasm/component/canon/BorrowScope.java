package infrarust.wasm.component.canon;

import infrarust.wasm.spi.CoreTrap;

/** Counts the handles lent to a guest for one call; all must be dropped when it returns. */
final class BorrowScope {

    int open;

    void end() {
        if (open != 0) {
            throw new CoreTrap.Contract(
                    "the guest kept " + open + " borrowed handles beyond the call they were lent for");
        }
    }
}
