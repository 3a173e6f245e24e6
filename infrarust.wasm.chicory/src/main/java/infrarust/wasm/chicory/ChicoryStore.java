package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.types.FunctionType;
import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreHostFunction;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreLinkException;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the instances of one component instance, and the guard that every call into them passes.
 *
 * <p>Interruption: {@link #interrupt} notes the number of the call that is overdue and raises the {@link Alarm} of every
 * module that has an instance here. Guest code looks at its module's alarm at each call and loop turn, and when that is up,
 * asks its store whether the running call is the overdue one. Numbers never repeat, so a request that comes too late meets
 * no later call; no thread is interrupted, and leaving a call needs no atomic operation.
 */
final class ChicoryStore implements CoreStore {

    /** What a host function that calls the guest again is charged: its own frames are not known. */
    private static final int NESTED_BYTES = 4_096;

    private static final VarHandle RUNNING;

    static {
        try {
            RUNNING = MethodHandles.lookup().findVarHandle(ChicoryStore.class, "running", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ChicoryEngine engine;
    private final CoreLimits limits;
    private final List<FlatMemory> memories = new ArrayList<>();
    private final FunctionReferences references = new FunctionReferences();
    private @Nullable CaughtExceptions exceptions;

    /** Number of the outermost call; written by the owner, read by any thread. */
    private volatile long running;
    /** The highest number that somebody asked to stop. */
    private volatile long overdue;
    /** The last call that ended because of it; it may have ended before whoever asked looks again. */
    private volatile long stopped;

    private volatile @Nullable CoreTrap poison;
    private volatile boolean closed;

    // What the store holds, against its limits.
    private long pages;
    private long elements;
    private int instances;
    private int tags;

    private final int maxDepth;
    /** Bytes of stack that the running call takes, as far as they are counted. */
    private int depth;

    private long sequence;
    private @Nullable Thread owner;
    /** Whether some code here is interpreted by Chicory, which looks at the thread's own interrupt flag. */
    private boolean interprets;

    private boolean restoreFlag;

    /** Guarded by itself. */
    private final Set<Alarm> alarms = new LinkedHashSet<>();

    ChicoryStore(ChicoryEngine engine, CoreLimits limits) {
        this.engine = engine;
        this.limits = limits;
        this.maxDepth = limits.maxStackBytes();
    }

    CoreLimits limits() {
        return limits;
    }

    @Override
    public CoreInstance instantiate(CoreModule module, List<CoreExtern> imports) {
        if (!(module instanceof ChicoryModule own) || own.engine() != engine) {
            throw new IllegalArgumentException("the module was compiled by another engine");
        }
        Linker linker = new Linker(this, own, imports);
        long call = enter();
        try {
            countInstance();
            admit(own);
            ChicoryInstance instance = linker.instantiate();
            exit(call);
            return instance;
        } catch (CoreLinkException e) {
            exit(call);
            throw e;
        } catch (Throwable e) {
            // Everything else comes out of guest code or an active segment, and is a trap.
            throw failed(call, e);
        }
    }

    /** Lets the module's code be stopped by this store, also when the running call is overdue already. */
    private void admit(ChicoryModule module) {
        synchronized (alarms) {
            alarms.add(module.alarm());
        }
        if (isOverdue()) {
            module.alarm().raise(this);
        }
        if (module.code().interprets() && !interprets) {
            interprets = true;
            restoreFlag = Thread.interrupted();
        }
    }

    @Override
    public CoreFunction hostFunction(CoreFunctionType type, CoreHostFunction body) {
        return new HostFunction(this, type, body);
    }

    FlatMemory newMemory(CoreExternType.Limits declared) {
        FlatMemory memory = new FlatMemory(this, declared);
        memories.add(memory);
        return memory;
    }

    /** Counts pages that a memory is about to get; false if the store has none left. */
    boolean takePages(long more) {
        if (more > limits.maxMemoryPages() - pages) {
            return false;
        }
        pages += more;
        return true;
    }

    /** Gives back pages that were counted but could not be had. */
    void returnPages(int unused) {
        pages -= unused;
    }

    /** Counts elements that a table is about to get; false if the store has none left. */
    boolean takeElements(long more) {
        if (more > limits.maxTableElements() - elements) {
            return false;
        }
        elements += more;
        return true;
    }

    /** What tells the next tag apart from all others here. */
    FunctionType newTagIdentity() {
        return GuestTag.identity(tags++);
    }

    /** The references to functions that guests here hold. */
    FunctionReferences references() {
        return references;
    }

    /** The references to exceptions; few guests have any. */
    CaughtExceptions exceptions() {
        CaughtExceptions known = exceptions;
        if (known == null) {
            known = new CaughtExceptions();
            exceptions = known;
        }
        return known;
    }

    private void countInstance() {
        if (instances >= limits.maxInstances()) {
            throw new CoreLinkException("the store holds " + instances + " core instances, more are not allowed");
        }
        instances++;
    }

    // The guard of each call

    /** Begins a call. Answers its number, or 0 when it is nested in another. */
    long enter() {
        Thread thread = Thread.currentThread();
        if ((long) RUNNING.get(this) != 0) {
            if (owner != thread) {
                throw new IllegalStateException("the store runs a call on " + owner + " and was entered by " + thread);
            }
            checkAlive();
            descend(NESTED_BYTES);
            return 0;
        }
        checkAlive();
        if (owner != thread) {
            owner = thread;
        }
        if (interprets) {
            // A flag that somebody set before would stop interpreted code at its first instruction.
            restoreFlag = Thread.interrupted();
        }
        long call = ++sequence;
        RUNNING.setRelease(this, call);
        return call;
    }

    private void checkAlive() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        CoreTrap cause = poison;
        if (cause != null) {
            throw new CoreTrap.Poisoned("the store trapped before: " + cause.getMessage());
        }
    }

    /** Ends a call that {@link #enter} began. */
    void exit(long call) {
        if (call == 0) {
            ascend(NESTED_BYTES);
            return;
        }
        RUNNING.setRelease(this, 0L);
        if (overdue == call) {
            settleAlarms();
        }
        if (restoreFlag) {
            restoreFlag = false;
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a call by what the guest or the engine threw. */
    CoreTrap failed(long call, Throwable thrown) {
        CoreTrap trap = Traps.of(thrown);
        poison(trap);
        exit(call);
        return trap;
    }

    /** Goes back into the guest after a host function: not when a nested call trapped or this one is overdue. */
    void resume() {
        if (poison != null) {
            checkAlive();
        }
        checkpoint();
    }

    // Depth

    /**
     * Counts stack that the owner's running call is about to take. The count is right as long as nothing traps, after which
     * nothing runs any more: the store is poisoned here, because entries of nested calls count before anybody would do it for
     * them, and a host function may catch what they throw.
     *
     * @throws CoreTrap.StackExhausted if the limit is passed
     */
    void descend(int bytes) {
        int now = depth + bytes;
        if (now > maxDepth) {
            CoreTrap exhausted =
                    new CoreTrap.StackExhausted("call stack exhausted: more than " + maxDepth + " bytes", null);
            poison(exhausted);
            throw exhausted;
        }
        depth = now;
    }

    void ascend(int bytes) {
        depth -= bytes;
    }

    // Interruption

    @Override
    public long runningCall() {
        return running;
    }

    @Override
    public boolean interrupt(long call) {
        if (call == 0 || running != call) {
            return false;
        }
        synchronized (alarms) {
            if (overdue < call) {
                overdue = call;
            }
            alarms.forEach(alarm -> alarm.raise(this));
        }
        if (running == call) {
            return true;
        }
        settleAlarms();
        return stopped == call;
    }

    /** Whether the running call was asked to stop. */
    boolean isOverdue() {
        long call = running;
        return call != 0 && overdue == call;
    }

    /** Stops the running call if it is overdue. Called by the owner. */
    void checkpoint() {
        if (overdue != 0 && isOverdue()) {
            stopped = running;
            throw new CoreTrap.Interrupted("call " + running + " was stopped because it took too long", null);
        }
    }

    private void settleAlarms() {
        List<Alarm> all;
        synchronized (alarms) {
            all = List.copyOf(alarms);
        }
        all.forEach(Alarm::settle);
    }

    // The end

    @Override
    public boolean isPoisoned() {
        return poison != null;
    }

    @Override
    public void poison(CoreTrap cause) {
        if (poison == null) {
            poison = cause;
        }
    }

    @Override
    public void close() {
        if (running != 0) {
            throw new IllegalStateException("the store still runs call " + running);
        }
        closed = true;
        memories.forEach(FlatMemory::release);
        memories.clear();
        settleAlarms();
        synchronized (alarms) {
            alarms.clear();
        }
    }
}
