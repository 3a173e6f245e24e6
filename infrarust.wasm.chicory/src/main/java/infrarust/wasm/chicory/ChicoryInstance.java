package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.types.Export;
import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreTrap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance, and what exact handles take as their receiver. Public only for the classes that are generated beside each
 * module; the package is exported to those and to nobody else.
 */
public final class ChicoryInstance implements CoreInstance {

    /** The instance in Chicory's terms: the last argument of every generated function. */
    public final Instance instance;

    /** The first memory, which generated functions take as their last argument but one. */
    public final @Nullable Memory memory;

    private final ChicoryStore store;
    private final ChicoryModule module;
    private final List<CoreExtern> importedFunctions;
    private final int entryBytes;

    ChicoryInstance(ChicoryStore store, ChicoryModule module, Instance instance, List<CoreExtern> importedFunctions) {
        this.store = store;
        this.module = module;
        this.instance = instance;
        this.memory = instance.memory();
        this.importedFunctions = importedFunctions;
        this.entryBytes = module.code().entryBytes();
    }

    /**
     * Begins a call from the host by an exact handle; generated code calls it. A nested call is charged what {@link GuestMachine}
     * charges for one by slots; the outermost, which happens once, is not, so that it costs nothing.
     */
    public long enter() {
        long call = store.enter();
        if (call == 0) {
            store.descend(entryBytes);
        }
        return call;
    }

    /** Ends such a call. */
    public void exit(long call) {
        if (call == 0) {
            store.ascend(entryBytes);
        }
        store.exit(call);
    }

    /** Ends such a call by what was thrown; the caller throws the answer. */
    public CoreTrap failed(long call, Throwable thrown) {
        if (call == 0) {
            store.ascend(entryBytes);
        }
        return store.failed(call, thrown);
    }

    /** A checkpoint of generated code while its module's alarm is up. */
    public static void examine(Instance instance) {
        GuestMachine machine = (GuestMachine) instance.getMachine();
        machine.store.checkpoint();
        machine.alarm.passed();
    }

    /** Counts bytes of stack that a function is about to take; generated code calls it. */
    public static void descend(Instance instance, int bytes) {
        ((GuestMachine) instance.getMachine()).store.descend(bytes);
    }

    /** Gives them back. */
    public static void ascend(Instance instance, int bytes) {
        ((GuestMachine) instance.getMachine()).store.ascend(bytes);
    }

    /** {@code memory.init} of generated code: Chicory's own does not say whose segment is meant. */
    public static void initialize(int target, int offset, int length, int segment, Memory memory, Instance instance) {
        ((FlatMemory) memory).select(instance);
        memory.initPassiveSegment(segment, target, offset, length);
    }

    /**
     * {@code call_indirect} of generated code to a function of another instance: Chicory's own takes the number of the caller's
     * type for one of the callee's module.
     */
    public static long[] callIndirect(long[] arguments, int type, int function, Instance callee, Instance caller) {
        if (!callee.type(callee.functionType(function)).equals(caller.type(type))) {
            throw new TrapException("indirect call type mismatch");
        }
        return callee.getMachine().call(function, arguments);
    }

    /** The reference of an exception that generated code has caught. */
    public static int caught(Instance instance, WasmException exception) {
        return ((GuestMachine) instance.getMachine()).store.exceptions().number(exception);
    }

    /** {@code throw_ref} of generated code: the exception to throw. */
    public static WasmException exception(Instance instance, int reference) {
        return ((GuestMachine) instance.getMachine()).store.exceptions().exception(reference);
    }

    ChicoryStore store() {
        return store;
    }

    ChicoryModule module() {
        return module;
    }

    @Override
    public Optional<CoreExtern> export(String name) {
        Export export = module.export(name);
        if (export == null) {
            return Optional.empty();
        }
        int index = export.index();
        CoreExternType type = module.typeOf(export);
        return Optional.of(
                switch (export.exportType()) {
                    case FUNCTION ->
                        index < importedFunctions.size()
                                ? importedFunctions.get(index)
                                : new GuestFunction(this, index, ((CoreExternType.Function) type).type());
                    case MEMORY -> (FlatMemory) instance.memory(index);
                    case TABLE -> new PassedExtern(store, instance.table(index), type);
                    case GLOBAL -> new PassedExtern(store, instance.global(index), type);
                    case TAG -> new PassedExtern(store, instance.tag(index), type);
                });
    }

    /** Calls within a running call, or under a guard that the caller holds; results in an array of their own. */
    long @Nullable [] invoke(int index, long[] arguments) {
        return instance.getMachine().call(index, arguments);
    }

    /** A call by slots from the host. */
    void call(int index, CoreFunctionType type, long[] io) {
        long call = store.enter();
        try {
            Slots.results(invoke(index, Slots.arguments(type, io)), type, io);
            store.exit(call);
        } catch (Throwable e) {
            throw store.failed(call, e);
        }
    }

    /**
     * Chicory's machine with the way back to the store, for checkpoints. Calls pass here that come from the host by slots or from
     * another instance; those within a module do not.
     *
     * @param inner runs the code
     * @param entryBytes stack that an entry is charged
     */
    record GuestMachine(Machine inner, ChicoryStore store, Alarm alarm, int entryBytes) implements Machine {

        @Override
        public long[] call(int index, long[] arguments) {
            store.descend(entryBytes);
            try {
                return inner.call(index, arguments);
            } finally {
                store.ascend(entryBytes);
            }
        }
    }
}
