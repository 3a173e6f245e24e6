package infrarust.benchmarks.call;

import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreStore;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** An instance of the guest's core module, without the component layer. */
final class CoreGuest implements AutoCloseable {

    private static final String PREFIX = "bench:calls/guest@1.0.0#";

    final CoreMemory memory;
    final Object receiver;
    private final CoreStore store;
    private final CoreInstance instance;

    CoreGuest(CoreModule module) {
        store = BenchWorld.engine().newStore(CoreLimits.defaults());
        List<CoreExtern> imports = module.imports().stream()
                .<CoreExtern>map(wanted -> store.hostFunction(((CoreExternType.Function) wanted.type()).type(), io -> {
                    // Gives its only argument back.
                }))
                .toList();
        instance = store.instantiate(module, imports);
        memory = (CoreMemory) instance.export("memory").orElseThrow();
        receiver = ((CoreFunction) instance.export("cabi_realloc").orElseThrow()).receiver();
    }

    /** The exact handle of an export, the same for every instance of the module. */
    MethodHandle handle(String name) {
        return ((CoreFunction) instance.export(name).orElseThrow()).handle();
    }

    /** The exact handle of a function of the interface. */
    MethodHandle function(String name) {
        return handle(PREFIX + name);
    }

    /** The exact handle of what frees the result of a function of the interface. */
    MethodHandle post(String name) {
        return handle("cabi_post_" + PREFIX + name);
    }

    @Override
    public void close() {
        store.close();
    }
}
