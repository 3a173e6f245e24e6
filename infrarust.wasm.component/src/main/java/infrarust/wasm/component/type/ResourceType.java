package infrarust.wasm.component.type;

/**
 * A resource type within one component. Its identity is the object: two resources of the same name are different types.
 * Immutable; any thread.
 */
public final class ResourceType {

    private final String name;
    private final boolean imported;

    /**
     * Makes a new resource type, different from every other.
     *
     * @param name what error messages call it
     * @param imported whether the embedder defines it (and not the guest)
     */
    public ResourceType(String name, boolean imported) {
        this.name = name;
        this.imported = imported;
    }

    /** The name that the importing or exporting instance gives to it; for messages only. */
    public String name() {
        return name;
    }

    /** Whether the embedder defines this resource, and not the guest. */
    public boolean isImported() {
        return imported;
    }

    @Override
    public String toString() {
        return name;
    }
}
