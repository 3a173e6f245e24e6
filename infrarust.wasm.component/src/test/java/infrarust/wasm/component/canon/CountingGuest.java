package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.StringEncoding;
import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreHostFunction;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import infrarust.wasm.spi.CoreValueType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** A guest without an engine: a memory, and an allocator that starts at 256 and only counts up. */
final class CountingGuest {

    static final int HEAP = 256;

    /** The resource of every handle. */
    static final ResourceType RESOURCE = new ResourceType("own", true);

    static final int MEMORY_SLOT = 0;
    static final int REALLOC_SLOT = 0;

    private static final MethodHandle REALLOC;

    static {
        try {
            REALLOC = MethodHandles.lookup()
                    .findStatic(
                            CountingGuest.class,
                            "realloc",
                            MethodType.methodType(int.class, Object.class, int.class, int.class, int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of this class", e);
        }
    }

    final ArrayMemory memory;
    final InstanceState state;
    private int next = HEAP;

    CountingGuest(int memorySize) {
        memory = new ArrayMemory(memorySize);
        state = new InstanceState(
                new Store(),
                new CoreMemory[] {memory},
                new CoreFunction[] {new Realloc()},
                new Object[] {this},
                new Object[0]);
        for (int representation = 101; representation <= 103; representation++) {
            state.handles().add(new ResourceHandle(RESOURCE, representation, null));
        }
    }

    static Options options(StringEncoding encoding) {
        return new Options(encoding, MEMORY_SLOT, REALLOC_SLOT, Options.NONE);
    }

    /** Handles as generated code asks for them. */
    static CoreHandles handles() {
        CoreHandles handles = new CoreHandles(1);
        handles.offer(REALLOC_SLOT, new Realloc(), true);
        return handles;
    }

    static int realloc(Object guest, int old, int oldSize, int alignment, int size) {
        CountingGuest self = (CountingGuest) guest;
        int at = self.next + alignment - 1 & -alignment;
        self.next = at + size;
        return at;
    }

    private static final class Realloc implements CoreFunction {
        @Override
        public CoreFunctionType type() {
            return new CoreFunctionType(Collections.nCopies(4, CoreValueType.I32), List.of(CoreValueType.I32));
        }

        @Override
        public MethodHandle handle() {
            return REALLOC;
        }

        @Override
        public Supplier<MethodHandle> deferredHandle() {
            return () -> REALLOC;
        }

        @Override
        public Object receiver() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void call(long[] io) {
            throw new UnsupportedOperationException();
        }
    }

    /** Only asked whether it is poisoned. */
    private static final class Store implements CoreStore {
        private boolean poisoned;

        @Override
        public CoreInstance instantiate(CoreModule module, List<CoreExtern> imports) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CoreFunction hostFunction(CoreFunctionType type, CoreHostFunction body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long runningCall() {
            return 0;
        }

        @Override
        public boolean interrupt(long call) {
            return false;
        }

        @Override
        public boolean isPoisoned() {
            return poisoned;
        }

        @Override
        public void poison(CoreTrap cause) {
            poisoned = true;
        }

        @Override
        public void close() {}
    }
}
