package infrarust.benchmarks.call;

import infrarust.benchmarks.GuestFile;
import infrarust.benchmarks.call.BenchWorld.Guest;
import infrarust.wasm.component.Component;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreModule;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Twenty instances of ten modules take turns, as the filters of many sessions do; 32 bytes in, a variant out. */
public class TurnsCall extends CallBenchmark {

    private static final int MODULES = 10;
    private static final int INSTANCES = 20;

    private byte[] data = {};

    /** Makes the packet. */
    @Setup
    public void packet() {
        data = new byte[32];
        new Random(1).nextBytes(data);
    }

    /** Instances by hand; their handles are no constants, since there are ten of each. */
    @State(Scope.Thread)
    public static class CoreInstances {

        record Instance(CoreGuest guest, MethodHandle realloc, MethodHandle filter, MethodHandle post) {
            int call(int id, byte[] data) throws Throwable {
                CoreMemory memory = guest.memory;
                Object receiver = guest.receiver;
                int address = (int) realloc.invokeExact(receiver, 0, 0, 1, data.length);
                memory.write(address, data, 0, data.length);
                int result = (int) filter.invokeExact(receiver, id, address, data.length);
                int verdict = memory.getByte(result);
                post.invokeExact(receiver, result);
                return verdict;
            }
        }

        private final List<Instance> instances = new ArrayList<>();
        private int turn;

        /** Makes them. */
        public CoreInstances() {
            GuestFile file = BenchWorld.file();
            List<CoreModule> modules = new ArrayList<>();
            for (int i = 0; i < MODULES; i++) {
                modules.add(BenchWorld.engine().compile(file.marked(i).coreModule()));
            }
            for (int i = 0; i < INSTANCES; i++) {
                CoreGuest guest = new CoreGuest(modules.get(i % MODULES));
                instances.add(new Instance(
                        guest, guest.handle("cabi_realloc"), guest.function("filter"), guest.post("filter")));
            }
        }

        Instance next() {
            turn = turn + 1 == INSTANCES ? 0 : turn + 1;
            return instances.get(turn);
        }

        /** Gives them up. */
        @TearDown
        public void close() {
            instances.forEach(instance -> instance.guest.close());
        }
    }

    /** Instances through the component layer. */
    @State(Scope.Thread)
    public static class BoundInstances {

        private final List<BoundGuest> instances = new ArrayList<>();
        private int turn;

        /** Makes them. */
        public BoundInstances() {
            GuestFile file = BenchWorld.file();
            List<Component> components = new ArrayList<>();
            for (int i = 0; i < MODULES; i++) {
                components.add(BoundGuest.compile(file.marked(i)));
            }
            for (int i = 0; i < INSTANCES; i++) {
                instances.add(new BoundGuest(components.get(i % MODULES)));
            }
        }

        Guest next() {
            turn = turn + 1 == INSTANCES ? 0 : turn + 1;
            return instances.get(turn).guest;
        }

        /** Gives them up. */
        @TearDown
        public void close() {
            instances.forEach(BoundGuest::close);
        }
    }

    /** Through exact handles of the engine. */
    @Benchmark
    public int byHand(CoreInstances state) throws Throwable {
        return state.next().call(0x20, data);
    }

    /** Through the component layer. */
    @Benchmark
    public Object component(BoundInstances state) {
        return state.next().filter(0x20, data);
    }

    /** Without a guest. */
    @Benchmark
    public Object plainJava(Plain state) {
        return state.guest.filter(0x20, data);
    }
}
