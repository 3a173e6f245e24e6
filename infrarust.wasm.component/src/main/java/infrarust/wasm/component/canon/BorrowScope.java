package infrarust.wasm.component.canon;

/** A running call that lent handles to its callee (CanonicalABI.md, {@code Task.num_borrows}). */
final class BorrowScope {

    /** Handles that the callee still holds. */
    int count;
}
