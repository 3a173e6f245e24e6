package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.value.GuestObject;

/** The embedder's ownership of one object of a resource that the guest defines; what a {@code GuestResource} holds inside. */
public final class GuestHandle implements GuestObject {

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

    boolean isOf(ResourceType other) {
        return type == other;
    }

    /** What the defining guest knows the object by, for a call into that instance or a sibling of it. */
    int representation(InstanceState receiver) {
        if (gone) {
            throw new IllegalStateException("this " + type + " was closed or given back to the guest");
        }
        if (receiver.siblings[0] != state.siblings[0]) {
            throw new IllegalArgumentException("this " + type + " belongs to an instance of another component");
        }
        return representation;
    }

    int giveBack(InstanceState receiver) {
        int value = representation(receiver);
        gone = true;
        return value;
    }

    /** The guest did not get the object after all. */
    void keep() {
        gone = false;
    }

    @Override
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
