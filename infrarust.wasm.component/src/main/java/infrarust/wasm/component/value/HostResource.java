package infrarust.wasm.component.value;

import java.util.function.Consumer;

/**
 * A resource type of the embedder. Its identity is the object: offered under two names, it is one type.
 */
public final class HostResource {

    private final Consumer<Object> destructor;

    /**
     * Makes a resource type, different from every other.
     *
     * @param destructor gets the representation of an object when a guest that owns it drops it; it runs on the thread that called
     *     the guest
     */
    public HostResource(Consumer<Object> destructor) {
        this.destructor = destructor;
    }

    /** What happens when a guest drops an object that it owns. */
    public Consumer<Object> destructor() {
        return destructor;
    }
}
