package infrarust.wasm.component.type;

/**
 * A resource type within one component. Its identity is the object: two resources of the same name are different types. Named
 * while the component is resolved, immutable afterwards.
 */
public final class ResourceType {

    private String name;
    private final boolean imported;
    private boolean named;

    /**
     * Makes a new resource type, different from every other.
     *
     * @param name what error messages call it
     * @param imported whether the embedder defines it (and not the guest)
     */
    public ResourceType(String name, boolean imported) {
        this.name = name;
        this.imported = imported;
        this.named = imported;
    }

    /** The name that the importing or exporting instance gives to it; for messages only. */
    public String name() {
        return name;
    }

    /** Gives a resource that the guest defines the name of its first export; later exports do not change it. */
    public void exportedAs(String exportName) {
        if (!named) {
            name = exportName;
            named = true;
        }
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
