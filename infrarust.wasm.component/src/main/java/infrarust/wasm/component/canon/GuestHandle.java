package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;

/** The embedder's ownership of one object of a resource that the guest defines; what a {@code GuestResource} holds inside. */
public final class GuestHandle {

    final InstanceState state;
    private final ResourceType type;
    private final int representation;
    private final int destructor;
    private boolean gone;

    GuestHandle(InstanceState state, ResourceType type, int representation, int destructor) {
        this.state = state;
        this.type = type;
        this.representation = representation;
        this.destructor = destructor;
    }

    /** For a method call, and for {@code borrow}: a guest gets its own resource as its representation. */
    int representation(InstanceState receiver) {
        if (gone) {
            throw new IllegalStateException("this " + type + " was closed or given back to the guest");
        }
        if (receiver != state) {
            throw new IllegalArgumentException("this " + type + " belongs to another component instance");
        }
        return representation;
    }

    int giveBack(InstanceState receiver) {
        int value = representation(receiver);
        gone = true;
        return value;
    }

    /** Runs the destructor, once, as far as the guest can still run. */
    public void close() {
        if (gone) {
            return;
        }
        gone = true;
        if (destructor == Options.NONE || state.store.isPoisoned() || state.isClosed()) {
            return;
        }
        state.enter();
        try {
            state.destroy(representation, destructor);
        } catch (Throwable e) {
            state.fail(e);
            throw e;
        }
        state.exit();
    }

    /** The instance that defines the object behind a handle, for generated code. */
    static InstanceState stateOf(Object handle) {
        return ((GuestHandle) handle).state;
    }

    /** Closes a handle, for generated code. */
    static void close(Object handle) {
        ((GuestHandle) handle).close();
    }

    @Override
    public String toString() {
        return type + "#" + representation;
    }
}
