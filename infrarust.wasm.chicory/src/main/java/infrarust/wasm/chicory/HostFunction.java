package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreHostFunction;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A function of the host: imported by guests as Chicory's handle, called by the host like any other. */
final class HostFunction implements CoreFunction, WasmFunctionHandle {

    private final ChicoryStore store;
    private final CoreFunctionType type;
    private final CoreHostFunction body;

    HostFunction(ChicoryStore store, CoreFunctionType type, CoreHostFunction body) {
        this.store = store;
        this.type = Slots.requireNumbers(type);
        this.body = body;
    }

    ChicoryStore store() {
        return store;
    }

    @Override
    public CoreFunctionType type() {
        return type;
    }

    @Override
    public MethodHandle handle() {
        return Slots.hostHandle(type);
    }

    @Override
    public Supplier<MethodHandle> deferredHandle() {
        CoreFunctionType shape = type;
        return () -> Slots.hostHandle(shape);
    }

    @Override
    public Object receiver() {
        return this;
    }

    @Override
    public void call(long[] io) {
        long call = store.enter();
        try {
            Slots.normalize(type.parameters(), io);
            run(io);
            Slots.normalize(type.results(), io);
            store.exit(call);
        } catch (Throwable e) {
            throw store.failed(call, e);
        }
    }

    /** The guest calls; a call into this store is running. */
    @Override
    public long @Nullable [] apply(Instance caller, long... arguments) {
        int slots = type.slots();
        long[] io = arguments.length >= slots ? arguments : java.util.Arrays.copyOf(arguments, slots);
        Slots.normalize(type.parameters(), io);
        run(io);
        store.resume();
        return Slots.exactly(io, type.results().size());
    }

    private void run(long[] io) {
        try {
            body.call(io);
        } catch (CoreTrap | StackOverflowError e) {
            // An overflow is the guest's: its frames and ours share the stack.
            throw e;
        } catch (Throwable e) {
            // Whatever it is, the guest must not catch it and the outermost caller must see it.
            throw new CoreTrap.HostFailure("a host function failed: " + e, e);
        }
    }
}
