package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one component instance needs at run time (CanonicalABI.md, "Component Instances"): its handles, its enter and leave flags,
 * and the core functions and memories that its lifts and lowers use, each in a slot that is fixed when the component is linked.
 * For the store's owner thread. Fields are read by generated code of this package.
 */
public final class InstanceState {

    /**
     * Bytes that a guest may have us build in one call. Lists may overlap in the guest's memory, so their sum is not bounded by
     * its size.
     */
    static final int LIFT_BUDGET = 1 << 27;

    final CoreStore store;
    final CoreMemory[] memories;
    final CoreFunction[] functions;
    final Object[] receivers;
    final Object[] hosts;
    final HandleTable handles = new HandleTable();
    private final List<ResourceHandle> lent = new ArrayList<>();

    boolean mayLeave = true;
    private boolean mayEnter = true;
    private int liftBudget;
    private int borrows;
    private boolean givingArguments;
    private int[] given = new int[4];
    private int givenCount;
    private boolean closed;
    private int postponed = Options.NONE;
    private final long[] slot = new long[1];

    /**
     * Makes the state; arrays are shared by the instances of one component and filled while it is linked.
     *
     * @param memories by memory slot
     * @param functions by function slot
     * @param receivers {@link CoreFunction#receiver()} by function slot
     * @param hosts the embedder's objects, by provider
     */
    public InstanceState(
            CoreStore store, CoreMemory[] memories, CoreFunction[] functions, Object[] receivers, Object[] hosts) {
        this.store = store;
        this.memories = memories;
        this.functions = functions;
        this.receivers = receivers;
        this.hosts = hosts;
    }

    /** The handles that the guest holds. */
    public HandleTable handles() {
        return handles;
    }

    /** The store is closed; nothing of the guest may run any more. */
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** The host is about to call the guest. */
    public void enter() {
        if (!mayEnter) {
            throw new CoreTrap.Contract(
                    "the component instance cannot be entered: a call into it is running, and components are not re-entrant");
        }
        mayEnter = false;
        if (postponed != Options.NONE) {
            returnPostponed();
        }
    }

    /**
     * Puts off a {@code post-return} until the next call, because the result that it would free is still looked at.
     *
     * @param function its slot
     * @param result the address of the result
     */
    void postpone(int result, int function) {
        postponed = function;
        slot[0] = result;
    }

    private void returnPostponed() {
        int function = postponed;
        postponed = Options.NONE;
        mayLeave = false;
        try {
            functions[function].call(slot);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
        mayLeave = true;
    }

    /** The guest has returned. */
    public void exit() {
        mayEnter = true;
    }

    /** A call failed, in the guest or while values were carried over; answers what to throw. */
    public Throwable fail(Throwable cause) {
        mayEnter = true;
        mayLeave = true;
        lent.clear();
        if (givingArguments) {
            // A later argument was refused: the guest has not run and must not keep the earlier ones.
            givingArguments = false;
            for (int i = 0; i < givenCount; i++) {
                handles.forget(given[i]);
            }
        }
        borrows = 0;
        if (cause instanceof CoreTrap.Contract breach) {
            // Found by us outside of the guest's call, so the engine has not seen it.
            store.poison(breach);
        }
        return cause;
    }

    /** The guest calls out: nothing that runs on behalf of a lift or lower may do so. */
    void checkMayLeave() {
        if (!mayLeave) {
            throw new CoreTrap.Contract(
                    "the guest called an import while it allocated or freed memory for a call (cannot leave component instance)");
        }
    }

    void beginLift() {
        liftBudget = LIFT_BUDGET;
    }

    void spend(long bytes) {
        if (bytes > liftBudget) {
            throw new CoreTrap.Contract("the guest passed more than " + LIFT_BUDGET + " bytes in one call");
        }
        liftBudget -= (int) bytes;
    }

    // Resources: CanonicalABI.md, lift_own, lift_borrow, lower_own, lower_borrow, resource.new, drop and rep.

    Object liftOwn(int index, ResourceType type) {
        ResourceHandle handle = handles.remove(index, type);
        if (!handle.own) {
            throw new CoreTrap.Contract(
                    "the guest gave away handle " + index + " (" + type + "), which it only borrowed");
        }
        return handle.representation;
    }

    GuestHandle liftOwnGuest(int index, ResourceType type, int destructor) {
        return new GuestHandle(this, type, (Integer) liftOwn(index, type), destructor);
    }

    Object liftBorrow(int index, ResourceType type) {
        return handles.get(index, type).representation;
    }

    /** As {@link #liftBorrow}, where the same call could also give the handle away. */
    Object liftBorrowLent(int index, ResourceType type) {
        ResourceHandle handle = handles.get(index, type);
        handle.lends++;
        lent.add(handle);
        return handle.representation;
    }

    /** From here to {@link #argumentsGiven}, a failure takes back what was lowered. */
    void giveArguments() {
        givingArguments = true;
        givenCount = 0;
    }

    void argumentsGiven() {
        givingArguments = false;
    }

    private int give(ResourceHandle handle) {
        int index = handles.add(handle);
        if (givingArguments) {
            if (givenCount == given.length) {
                given = Arrays.copyOf(given, givenCount * 2);
            }
            given[givenCount++] = index;
        }
        return index;
    }

    void returnLent() {
        lent.forEach(handle -> handle.lends--);
        lent.clear();
    }

    int lowerOwn(Object representation, ResourceType type) {
        return give(new ResourceHandle(type, Values.require(representation), true));
    }

    int lowerBorrow(Object representation, ResourceType type) {
        int index = give(new ResourceHandle(type, Values.require(representation), false));
        borrows++;
        return index;
    }

    /** The call returns: all that it borrowed must be dropped. One call runs at a time, so a number is scope enough. */
    void endBorrows() {
        if (borrows != 0) {
            throw new CoreTrap.Contract(
                    "the guest kept " + borrows + " borrowed handles beyond the call they were lent for");
        }
    }

    int lowerOwnGuest(Object handle, ResourceType type) {
        GuestHandle guest = (GuestHandle) handle;
        return handles.add(new ResourceHandle(type, guest.giveBack(this), true));
    }

    int lowerBorrowGuest(Object handle) {
        return ((GuestHandle) handle).representation(this);
    }

    /** {@code resource.new} for a resource of this instance. */
    public int resourceNew(ResourceType type, int representation) {
        checkMayLeave();
        return handles.add(new ResourceHandle(type, representation, true));
    }

    /** {@code resource.rep} for a resource of this instance. */
    public int resourceRep(ResourceType type, int index) {
        return (Integer) handles.get(index, type).representation;
    }

    /**
     * {@code resource.drop}: runs the destructor, or closes the embedder's object, if the handle owned it.
     *
     * @param destructor function slot, or {@link Options#NONE}
     */
    public void resourceDrop(ResourceType type, int index, int destructor) {
        checkMayLeave();
        ResourceHandle handle = handles.remove(index, type);
        if (!handle.own) {
            borrows--;
        } else if (!type.isImported()) {
            destroy((Integer) handle.representation, destructor);
        } else if (handle.representation instanceof AutoCloseable closeable) {
            close(type, closeable);
        }
    }

    private static void close(ResourceType type, AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing a " + type + " failed", e);
        }
    }

    void destroy(int representation, int destructor) {
        if (destructor != Options.NONE) {
            functions[destructor].call(new long[] {representation});
        }
    }
}
