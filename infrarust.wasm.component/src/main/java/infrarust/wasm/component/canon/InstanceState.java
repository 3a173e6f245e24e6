package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one component instance needs at run time (CanonicalABI.md, "Component Instances"): its handles, its enter and leave flags,
 * and the core functions and memories that its lifts and lowers use, each in a slot that is fixed when the component is linked.
 * For the store's owner thread. Fields are read by generated code of this package, which is why all of it is in one class.
 */
public final class InstanceState {

    /**
     * Bytes that a guest may have us build in one call. Lists may overlap in the guest's memory, so their sum is not bounded by
     * its size.
     */
    static final int LIFT_BUDGET = 1 << 27;

    // Obstacles, one bit each.

    /** A call runs here. */
    private static final int RUNNING = 1;

    /** The instance lives in another one, which is entered and left with it. */
    private static final int WITHIN = 2;

    /** A {@code post-return} was put off. */
    private static final int POSTPONED = 4;

    /** The last call has left something in its context slots. */
    private static final int CONTEXT = 8;

    final CoreStore store;
    final CoreMemory[] memories;
    final CoreFunction[] functions;
    final Object[] receivers;
    final Object[] hosts;
    final HandleTable handles = new HandleTable();
    private final List<ResourceHandle> lent = new ArrayList<>();

    /** All instances of the component that these belong to, the outermost first. */
    InstanceState[] siblings = {this};

    /** The instance that instantiated this one. */
    private final @Nullable InstanceState parent;

    boolean mayLeave = true;

    /**
     * What stands in the way of a call from outside, or has to be done before one; mostly nothing, so that one look at one field
     * lets a call in.
     */
    private int obstacles;

    private int liftBudget;
    private @Nullable BorrowScope borrows;
    private final BorrowScope outermostBorrows = new BorrowScope();
    private boolean givingArguments;
    private int[] given = new int[4];
    private int givenCount;
    private final List<GuestHandle> givenBack = new ArrayList<>();

    /** The two context slots of the call that runs here, the second in the high half. */
    private long context;

    /** The async function that runs here, if one does. */
    private @Nullable Task task;

    private boolean closed;
    private int postponed;
    private final long[] slot = new long[1];

    /**
     * Makes the state of an outermost instance; arrays are shared by the instances of one component and filled while it is
     * linked.
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
        this.parent = null;
    }

    private InstanceState(InstanceState parent) {
        this.store = parent.store;
        this.memories = parent.memories;
        this.functions = parent.functions;
        this.receivers = parent.receivers;
        this.hosts = parent.hosts;
        this.parent = parent;
        this.obstacles = WITHIN;
    }

    /**
     * Adds the instances within an outermost one.
     *
     * @param parents by number: the number of the instance that instantiated it; the first, the outermost one, has none
     * @return all instances by number
     */
    public List<InstanceState> tree(List<Integer> parents) {
        InstanceState[] states = new InstanceState[parents.size()];
        states[0] = this;
        for (int i = 1; i < states.length; i++) {
            states[i] = new InstanceState(states[parents.get(i)]);
        }
        for (InstanceState state : states) {
            state.siblings = states;
        }
        return List.of(states);
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

    /** The host is about to call the guest: neither it nor one that it lives in may be running. */
    public void enter() {
        if (obstacles == 0) {
            obstacles = RUNNING;
        } else {
            overcome();
        }
    }

    private void overcome() {
        for (InstanceState state = this; state != null; state = state.parent) {
            state.requireIdle();
        }
        for (InstanceState state = this; state != null; state = state.parent) {
            state.obstacles |= RUNNING;
        }
        if ((obstacles & POSTPONED) != 0) {
            returnPostponed();
        }
        context = 0;
        obstacles &= ~CONTEXT;
    }

    private void requireIdle() {
        if ((obstacles & RUNNING) != 0) {
            throw new CoreTrap.Contract("the component instance cannot be entered: a call into it is running, and"
                    + " components are not re-entrant");
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
        obstacles |= POSTPONED;
        slot[0] = result;
    }

    private void returnPostponed() {
        int function = postponed;
        obstacles &= ~POSTPONED;
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
        if (obstacles == RUNNING) {
            obstacles = 0;
            return;
        }
        for (InstanceState state = this; state != null; state = state.parent) {
            state.obstacles &= ~RUNNING;
        }
    }

    /**
     * Another guest is about to call this one: whatever is entered with it must not be running. What the caller lives in too is
     * not entered anew, so that a component and those within it may call each other. CanonicalABI.md, {@code entering_set}.
     *
     * @return what {@link #leaveTo} wants: the context of a call that runs here already
     */
    long enterFrom(InstanceState caller) {
        for (InstanceState state = this; state != null && !state.holds(caller); state = state.parent) {
            state.requireIdle();
            state.obstacles |= RUNNING;
            if ((state.obstacles & POSTPONED) != 0) {
                state.returnPostponed();
            }
        }
        long outer = context;
        context = 0;
        return outer;
    }

    /** The call of {@link #enterFrom} has returned. */
    void leaveTo(InstanceState caller, long outer) {
        context = outer;
        for (InstanceState state = this; state != null && !state.holds(caller); state = state.parent) {
            state.obstacles &= ~RUNNING;
        }
    }

    /** Whether an instance is this one or lives in it. */
    private boolean holds(InstanceState other) {
        for (InstanceState state = other; state != null; state = state.parent) {
            if (state == this) {
                return true;
            }
        }
        return false;
    }

    /** A call failed, in the guest or while values were carried over; answers what to throw. */
    public Throwable fail(Throwable cause) {
        exit();
        mayLeave = true;
        lent.clear();
        if (givingArguments) {
            // A later argument was refused: the guest has not run and must not keep the earlier ones.
            givingArguments = false;
            for (int i = 0; i < givenCount; i++) {
                handles.forget(given[i]);
            }
            givenBack.forEach(GuestHandle::keep);
            givenBack.clear();
        }
        borrows = null;
        task = null;
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
        if (!handle.isOwn()) {
            throw new CoreTrap.Contract(
                    "the guest gave away handle " + index + " (" + type + "), which it only borrowed");
        }
        return handle.representation;
    }

    /** For the embedder, of a resource that one of the siblings defines. */
    GuestHandle liftOwnGuest(int index, ResourceType type, int owner, int destructor) {
        return new GuestHandle(siblings[owner], type, (Integer) liftOwn(index, type), destructor);
    }

    Object liftBorrow(int index, ResourceType type) {
        return handles.get(index, type).representation;
    }

    /** As {@link #liftBorrow}, where the handle could be given away before the call returns. */
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
        givenBack.clear();
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

    /** What was lent before; the mark for {@link #returnLent}. */
    int lent() {
        return lent.size();
    }

    /** A call out returns: what was lent since then comes back. Calls out may nest where guests call each other. */
    void returnLent(int mark) {
        while (lent.size() > mark) {
            lent.removeLast().lends--;
        }
    }

    int lowerOwn(Object representation, ResourceType type) {
        return give(new ResourceHandle(type, Values.require(representation), null));
    }

    int lowerBorrow(Object representation, ResourceType type) {
        BorrowScope scope = borrows == null ? outermostBorrows : borrows;
        int index = give(new ResourceHandle(type, Values.require(representation), scope));
        scope.count++;
        return index;
    }

    /** A call begins that borrows: handles lent from here on belong to it. Answers what {@link #endBorrows} wants. */
    @Nullable
    BorrowScope beginBorrows() {
        BorrowScope outer = borrows;
        // Only guests that call each other nest; all others make do with one.
        borrows = outer == null ? outermostBorrows : new BorrowScope();
        borrows.count = 0;
        return outer;
    }

    /** The call returns: all that it borrowed must be dropped. */
    void endBorrows(@Nullable BorrowScope outer) {
        int count = Values.require(borrows).count;
        if (count != 0) {
            throw keptBorrows(count);
        }
        borrows = outer;
    }

    private static CoreTrap keptBorrows(int count) {
        return new CoreTrap.Contract(
                "the guest kept " + count + " borrowed handles beyond the call they were lent for");
    }

    int lowerOwnGuest(Object handle, ResourceType type) {
        GuestHandle guest = guest(handle, type);
        int representation = guest.giveBack(this);
        if (givingArguments) {
            givenBack.add(guest);
        }
        return give(new ResourceHandle(type, representation, null));
    }

    private static GuestHandle guest(Object handle, ResourceType type) {
        if (handle instanceof GuestHandle guest && guest.isOf(type)) {
            return guest;
        }
        throw new IllegalArgumentException("an object of the resource " + type + " is expected instead of " + handle);
    }

    /** For a method, whose instance is the one that defines the resource or a sibling of it. */
    int lowerBorrowGuest(Object handle, ResourceType type) {
        GuestHandle guest = guest(handle, type);
        int representation = guest.representation(this);
        return guest.state == this ? representation : lowerBorrow(representation, type);
    }

    /** {@code resource.new} for a resource of this instance. */
    public int resourceNew(ResourceType type, int representation) {
        checkMayLeave();
        return handles.add(new ResourceHandle(type, representation, null));
    }

    /** {@code resource.rep} for a resource of this instance. */
    public int resourceRep(ResourceType type, int index) {
        return (Integer) handles.get(index, type).representation;
    }

    /**
     * {@code resource.drop} of a resource that a guest defines: runs the destructor if the handle owned the object.
     *
     * @param owner the instance that defines it
     * @param destructor function slot, or {@link Options#NONE}
     */
    public void dropGuestResource(ResourceType type, int index, int owner, int destructor) {
        ResourceHandle handle = drop(type, index);
        if (handle.isOwn()) {
            InstanceState definer = siblings[owner];
            long outer = definer.enterFrom(this);
            Task task = definer.suspendTask();
            definer.destroy((Integer) handle.representation, destructor);
            definer.resumeTask(task);
            definer.leaveTo(this, outer);
        }
    }

    /** {@code resource.drop} of a resource of the embedder, who is told if the handle owned the object. */
    public void dropHostResource(ResourceType type, int index, Consumer<Object> destructor) {
        ResourceHandle handle = drop(type, index);
        if (handle.isOwn()) {
            destructor.accept(handle.representation);
        }
    }

    private ResourceHandle drop(ResourceType type, int index) {
        checkMayLeave();
        ResourceHandle handle = handles.remove(index, type);
        if (handle.scope != null) {
            handle.scope.count--;
        }
        return handle;
    }

    /** What the running call has put into one of its two context slots; zero at its begin. */
    int context(int slot) {
        return (int) (context >>> (32 * slot));
    }

    void context(int slot, int value) {
        int shift = 32 * slot;
        context = (context & ~(0xFFFF_FFFFL << shift)) | ((value & 0xFFFF_FFFFL) << shift);
        obstacles |= CONTEXT;
    }

    // Async functions of guests: CanonicalABI.md, canon_lift and canon_task_return.

    void beginTask(TaskResult expected) {
        task = new Task(expected);
    }

    /** Answers the result of the async function that has returned. */
    @Nullable
    Object endTask() {
        Object result = Values.require(task).end();
        task = null;
        return result;
    }

    /** Another call begins here; answers what {@link #resumeTask} wants when it has returned. */
    @Nullable
    Task suspendTask() {
        Task outer = task;
        task = null;
        return outer;
    }

    void resumeTask(@Nullable Task outer) {
        task = outer;
    }

    void returnFromTask(@Nullable Object result, TaskResult given) {
        if (task == null) {
            throw new CoreTrap.Contract("the guest called task.return in a call of a function that is not async");
        }
        if (borrows != null && borrows.count != 0) {
            throw keptBorrows(borrows.count);
        }
        task.giveResult(given, result);
    }

    void destroy(int representation, int destructor) {
        if (destructor != Options.NONE) {
            functions[destructor].call(new long[] {representation});
        }
    }
}
