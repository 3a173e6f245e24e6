package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;
import org.jspecify.annotations.Nullable;

/** An entry of a handle table (CanonicalABI.md, "Resource State"). */
final class ResourceHandle {

    final ResourceType type;

    /** The embedder's object, or an {@link Integer} for a resource that the guest defines. */
    final Object representation;

    final boolean own;

    /** The call that a borrowed handle must not outlive. */
    final @Nullable BorrowScope scope;

    /** How many running calls this handle is lent to. */
    int lends;

    ResourceHandle(ResourceType type, Object representation, boolean own, @Nullable BorrowScope scope) {
        this.type = type;
        this.representation = representation;
        this.own = own;
        this.scope = scope;
    }
}
