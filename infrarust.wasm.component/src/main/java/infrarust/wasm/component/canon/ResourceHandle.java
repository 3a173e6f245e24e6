package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;

/** An entry of a handle table (CanonicalABI.md, "Resource State"). */
final class ResourceHandle {

    final ResourceType type;

    /** The embedder's object, or an {@link Integer} for a resource that the guest defines. */
    final Object representation;

    /** Whether the guest owns it, and has not only borrowed it for the running call. */
    final boolean own;

    /** How many running calls this handle is lent to. */
    int lends;

    ResourceHandle(ResourceType type, Object representation, boolean own) {
        this.type = type;
        this.representation = representation;
        this.own = own;
    }
}
