package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;
import org.jspecify.annotations.Nullable;

/** An entry of a handle table (CanonicalABI.md, "Resource State"). */
final class ResourceHandle {

    final ResourceType type;

    /** The embedder's object, or an {@link Integer} for a resource that a guest defines. */
    final Object representation;

    /** The call that it was lent for, or none if the guest owns it. */
    final @Nullable BorrowScope scope;

    /** How many running calls this handle is lent to. */
    int lends;

    ResourceHandle(ResourceType type, Object representation, @Nullable BorrowScope scope) {
        this.type = type;
        this.representation = representation;
        this.scope = scope;
    }

    /** Whether the guest owns it, and has not only borrowed it for a running call. */
    boolean isOwn() {
        return scope == null;
    }
}
