package infrarust.benchmarks.filter;

import infrarust.wasm.spi.CoreEngine;
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

/**
 * The filter called by hand, as a generated plan would: realloc, copy, call, read the case, post-return. Handles are constants,
 * as they are in a class that is generated for one component.
 */
final class CoreFilter implements AutoCloseable {

    private static final String FILTER = "infrarust:plugin/codec-filter@0.2.3#[method]filter-instance.filter";
    private static final String CREATE = "infrarust:plugin/codec-filter@0.2.3#create";

    private static final CoreEngine ENGINE = PassingComponent.engine();
    private static final CoreModule MODULE = ENGINE.compile(PassingComponent.coreModule());
    private static final MethodHandle REALLOC_HANDLE;
    private static final MethodHandle FILTER_HANDLE;
    private static final MethodHandle POST_HANDLE;

    static {
        // Handles are the same for every instance of a module.
        try (CoreFilter any = new CoreFilter()) {
            REALLOC_HANDLE = any.realloc.handle();
            FILTER_HANDLE = any.filter.handle();
            POST_HANDLE = any.post.handle();
        }
    }

    private final CoreStore store = ENGINE.newStore(CoreLimits.defaults());
    private final CoreMemory memory;
    private final CoreFunction realloc;
    private final CoreFunction filter;
    private final CoreFunction post;
    private final Object receiver;
    private final int self;

    CoreFilter() {
        int[] rep = {0};
        List<CoreExtern> imports = MODULE.imports().stream()
                .<CoreExtern>map(wanted -> store.hostFunction(((CoreExternType.Function) wanted.type()).type(), io -> {
                    if (wanted.name().startsWith("[resource-new]")) {
                        rep[0] = (int) io[0];
                    }
                }))
                .toList();
        CoreInstance instance = store.instantiate(MODULE, imports);
        memory = (CoreMemory) instance.export("memory").orElseThrow();
        realloc = function(instance, "cabi_realloc");
        filter = function(instance, FILTER);
        post = function(instance, "cabi_post_" + FILTER);
        receiver = filter.receiver();
        // create (factory, client version, connection id, address pointer and length, no real address, side)
        function(instance, CREATE).call(new long[9]);
        self = rep[0];
    }

    private static CoreFunction function(CoreInstance instance, String name) {
        return (CoreFunction) instance.export(name).orElseThrow();
    }

    /** Answers the number of the case; 0 is pass. */
    int call(int packetId, byte[] data) throws Throwable {
        int address = (int) REALLOC_HANDLE.invokeExact(receiver, 0, 0, 1, data.length);
        memory.write(address, data, 0, data.length);
        int result = (int) FILTER_HANDLE.invokeExact(receiver, self, packetId, address, data.length);
        int chosen = memory.getByte(result);
        POST_HANDLE.invokeExact(receiver, result);
        return chosen;
    }

    @Override
    public void close() {
        store.close();
    }
}
