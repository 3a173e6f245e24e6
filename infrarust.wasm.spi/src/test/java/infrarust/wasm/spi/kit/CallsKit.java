package infrarust.wasm.spi.kit;

import static infrarust.wasm.spi.kit.KitModules.basics;
import static infrarust.wasm.spi.kit.KitModules.call;
import static infrarust.wasm.spi.kit.KitModules.function;
import static infrarust.wasm.spi.kit.KitModules.wasm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import infrarust.wasm.spi.CoreValueType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls and memory. */
public abstract class CallsKit extends EngineKit {

    @Nested
    class AnExactHandle {

        @Test
        void takes_the_receiver_and_the_exact_types() throws Throwable {
            CoreInstance instance = basics(engine, store);
            CoreFunction add = function(instance, "add");
            assertThat((int) add.handle().invokeExact(add.receiver(), 40, 2)).isEqualTo(42);
            CoreFunction half = function(instance, "half");
            assertThat((float) half.handle().invokeExact(half.receiver(), 5f)).isEqualTo(2.5f);
            CoreFunction half64 = function(instance, "half64");
            assertThat((double) half64.handle().invokeExact(half64.receiver(), 5d))
                    .isEqualTo(2.5);
            CoreFunction nothing = function(instance, "nothing");
            nothing.handle().invokeExact(nothing.receiver());
        }

        @Test
        void is_the_same_for_the_same_function_of_another_instance() throws Throwable {
            CoreModule module = engine.compile(wasm("owner"));
            CoreInstance one = store.instantiate(module, List.of());
            try (CoreStore other = engine.newStore(CoreLimits.defaults())) {
                CoreInstance two = other.instantiate(module, List.of());
                assertThat(function(one, "multiply").handle())
                        .isSameAs(function(two, "multiply").handle())
                        .isNotSameAs(function(two, "add").handle());
            }
        }

        @Test
        void does_not_exist_for_two_results() {
            CoreFunction swap = function(basics(engine, store), "swap");
            assertThatThrownBy(swap::handle).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void of_a_host_function_calls_the_body() throws Throwable {
            CoreFunction twice = store.hostFunction(
                    new CoreFunctionType(List.of(CoreValueType.F64, CoreValueType.I32), List.of(CoreValueType.F64)),
                    io -> io[0] = Double.doubleToRawLongBits(Double.longBitsToDouble(io[0]) * io[1]));
            assertThat((double) twice.handle().invokeExact(twice.receiver(), 1.5, -2))
                    .isEqualTo(-3.0);
        }
    }

    @Nested
    class ACallBySlots {

        @Test
        void ignores_the_high_half_of_an_i32_and_sign_extends_its_result() {
            assertThat(call(basics(engine, store), "add", 0x7fff_ffff_0000_0001L, -3L))
                    .isEqualTo(-2L);
        }

        @Test
        void gives_several_results() {
            CoreFunction swap = function(basics(engine, store), "swap");
            long[] io = {5, 1L << 40};
            swap.call(io);
            assertThat(io).containsExactly(1L << 40, 5);
        }
    }

    @Nested
    class AHostFunction {

        @Test
        void gets_arguments_in_slots_and_gives_its_result() throws Throwable {
            AtomicReference<long[]> seen = new AtomicReference<>();
            CoreInstance instance = basics(
                    engine,
                    store,
                    io -> {
                        seen.set(io.clone());
                        io[0] = 77;
                    },
                    io -> {});
            CoreFunction mix = function(instance, "mix");
            assertThat((long) mix.handle().invokeExact(mix.receiver(), -1, 1L << 50, -0.5f, 0.25))
                    .isEqualTo(77);
            assertThat(seen.get())
                    .startsWith(-1L, 1L << 50, Float.floatToRawIntBits(-0.5f), Double.doubleToRawLongBits(0.25));
        }

        @Test
        void may_call_the_guest_again_under_the_number_of_the_outermost_call() {
            AtomicReference<CoreInstance> instance = new AtomicReference<>();
            long[] numbers = new long[2];
            instance.set(basics(
                    engine,
                    store,
                    io -> {
                        numbers[1] = store.runningCall();
                        io[0] = 1;
                    },
                    io -> {
                        numbers[0] = store.runningCall();
                        assertThat(call(instance.get(), "mix", 0, 0, 0, 0)).isEqualTo(1);
                        assertThat(store.runningCall()).isEqualTo(numbers[0]);
                    }));
            assertThat(call(instance.get(), "ping-then-add", 1)).isEqualTo(2);
            assertThat(numbers[0]).isPositive().isEqualTo(numbers[1]);
            assertThat(store.runningCall()).isZero();
        }

        @Test
        void that_throws_ends_the_call_with_its_exception_as_cause() {
            IllegalArgumentException thrown = new IllegalArgumentException("no such player");
            CoreInstance instance = basics(engine, store, io -> {}, io -> {
                throw thrown;
            });
            assertThatThrownBy(() -> call(instance, "ping-then-add", 1))
                    .isInstanceOf(CoreTrap.HostFailure.class)
                    .cause()
                    .isSameAs(thrown);
            assertThat(store.isPoisoned()).isTrue();
        }

        @Test
        void that_throws_a_trap_ends_the_call_with_that_trap() {
            CoreTrap trap = new CoreTrap.Contract("bad handle");
            CoreInstance instance = basics(engine, store, io -> {}, io -> {
                throw trap;
            });
            assertThatThrownBy(() -> call(instance, "ping-then-add", 1)).isSameAs(trap);
        }

        @Test
        void that_swallows_a_nested_trap_does_not_get_back_into_the_guest() {
            AtomicReference<CoreInstance> instance = new AtomicReference<>();
            instance.set(basics(engine, store, io -> {}, io -> {
                assertThatThrownBy(() -> call(instance.get(), "panic")).isInstanceOf(CoreTrap.Unreachable.class);
            }));
            assertThatThrownBy(() -> call(instance.get(), "ping-then-add", 1)).isInstanceOf(CoreTrap.Poisoned.class);
        }
    }

    @Nested
    class TheMemory {

        @Test
        void is_seen_by_both_sides() {
            CoreInstance instance = basics(engine, store);
            CoreMemory memory = (CoreMemory) instance.export("memory").orElseThrow();
            byte[] hello = new byte[5];
            memory.read(16, hello, 0, 5);
            assertThat(new String(hello, StandardCharsets.US_ASCII)).isEqualTo("hello");
            memory.putInt(101, 0x01020304);
            assertThat(call(instance, "load", 101)).isEqualTo(0x01020304);
            memory.putLong(204, -5);
            assertThat(call(instance, "load64", 200)).isEqualTo(-5);
            call(instance, "store8", 300, 0x1ff);
            assertThat(memory.getByte(300)).isEqualTo((byte) 0xff);
            memory.putShort(302, (short) -2);
            assertThat(memory.getShort(302)).isEqualTo((short) -2);
            ByteBuffer source = ByteBuffer.wrap("from a buffer".getBytes(StandardCharsets.US_ASCII));
            memory.write(400, source);
            assertThat(source.hasRemaining()).isFalse();
            call(instance, "copy", 500, 400, 13);
            assertThat(StandardCharsets.US_ASCII.decode(memory.view(500, 13)).toString())
                    .isEqualTo("from a buffer");
            call(instance, "fill", 500, 'x', 4);
            assertThat(StandardCharsets.US_ASCII.decode(memory.view(500, 6)).toString())
                    .isEqualTo("xxxx a");
        }

        @Test
        void grows_to_its_maximum_and_keeps_what_it_held() {
            CoreInstance instance = basics(engine, store);
            CoreMemory memory = (CoreMemory) instance.export("memory").orElseThrow();
            memory.putInt(0, 4711);
            assertThat(call(instance, "grow", 2)).isEqualTo(1);
            assertThat(memory.byteSize()).isEqualTo(3 * CoreLimits.PAGE_BYTES);
            assertThat(memory.getInt(0)).isEqualTo(4711);
            assertThat(memory.getInt(3 * CoreLimits.PAGE_BYTES - 4)).isZero();
            assertThat(call(instance, "grow", 2)).isEqualTo(-1);
            assertThat(call(instance, "grow", -1)).isEqualTo(-1);
            assertThat(call(instance, "size")).isEqualTo(3);
        }

        @Test
        void refuses_the_host_beyond_its_size() {
            CoreMemory memory =
                    (CoreMemory) basics(engine, store).export("memory").orElseThrow();
            int end = memory.byteSize();
            assertThatThrownBy(() -> memory.getInt(end - 3)).isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
            assertThatThrownBy(() -> memory.putLong(-1, 0)).isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
            assertThatThrownBy(() -> memory.view(end, 1)).isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
            assertThatThrownBy(() -> memory.read(4, new byte[8], 0, -1)).isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
            assertThatThrownBy(() -> memory.write(end - 4, new byte[8], 0, 5))
                    .isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
            assertThatThrownBy(() -> memory.write(end - 4, ByteBuffer.allocate(5)))
                    .isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
            assertThat(store.isPoisoned()).isFalse();
        }
    }

    @Nested
    class ATrap {

        @ParameterizedTest
        @ValueSource(strings = {"panic"})
        void of_unreachable(String name) {
            traps(CoreTrap.Unreachable.class, name);
        }

        @Test
        void of_memory() {
            traps(CoreTrap.MemoryOutOfBounds.class, "load", CoreLimits.PAGE_BYTES - 3);
            traps(CoreTrap.MemoryOutOfBounds.class, "load", -4);
            traps(CoreTrap.MemoryOutOfBounds.class, "load64", CoreLimits.PAGE_BYTES - 8);
            traps(CoreTrap.MemoryOutOfBounds.class, "store8", CoreLimits.PAGE_BYTES, 1);
            traps(CoreTrap.MemoryOutOfBounds.class, "fill", 65_530, 1, 7);
            traps(CoreTrap.MemoryOutOfBounds.class, "fill", 65_530, 1, -1);
            traps(CoreTrap.MemoryOutOfBounds.class, "copy", 0, 65_530, 7);
            traps(CoreTrap.MemoryOutOfBounds.class, "copy", 0, 0, -1);
        }

        @Test
        void of_tables() {
            traps(CoreTrap.BadTableAccess.class, "indirect", 1);
            traps(CoreTrap.BadTableAccess.class, "indirect", 2);
            traps(CoreTrap.BadTableAccess.class, "indirect", -1);
            traps(CoreTrap.BadTableAccess.class, "indirect-other-type", 0);
        }

        @Test
        void of_arithmetic() {
            traps(CoreTrap.Arithmetic.class, "divide", 1, 0);
            traps(CoreTrap.Arithmetic.class, "divide", Integer.MIN_VALUE, -1);
            traps(CoreTrap.Arithmetic.class, "remainder", 1, 0);
            traps(CoreTrap.Arithmetic.class, "truncate", Double.doubleToRawLongBits(1e10));
            traps(CoreTrap.Arithmetic.class, "truncate", Double.doubleToRawLongBits(Double.NaN));
        }

        @Test
        void of_recursion_without_end() {
            traps(CoreTrap.StackExhausted.class, "deep", 0);
        }

        @Test
        void leaves_the_store_poisoned() {
            CoreInstance instance = basics(engine, store);
            assertThatThrownBy(() -> call(instance, "panic")).isInstanceOf(CoreTrap.Unreachable.class);
            assertThat(store.isPoisoned()).isTrue();
            assertThat(store.runningCall()).isZero();
            assertThatThrownBy(() -> call(instance, "add", 1, 2))
                    .isInstanceOf(CoreTrap.Poisoned.class)
                    .hasMessageContaining("unreachable");
        }

        /** By slots and, in another store, by handle. */
        private void traps(Class<? extends CoreTrap> kind, String name, long... arguments) {
            try (CoreStore first = engine.newStore(CoreLimits.defaults());
                    CoreStore second = engine.newStore(CoreLimits.defaults())) {
                CoreInstance instance = basics(engine, first);
                assertThatThrownBy(() -> call(instance, name, arguments)).isInstanceOf(kind);
                CoreFunction function = function(basics(engine, second), name);
                Object[] all = new Object[arguments.length + 1];
                all[0] = function.receiver();
                for (int i = 0; i < arguments.length; i++) {
                    all[i + 1] = switch (function.type().parameters().get(i)) {
                        case I32 -> (int) arguments[i];
                        case I64 -> arguments[i];
                        case F64 -> Double.longBitsToDouble(arguments[i]);
                        default -> throw new AssertionError();
                    };
                }
                assertThatThrownBy(() -> function.handle().invokeWithArguments(all))
                        .isInstanceOf(kind);
                assertThat(second.isPoisoned()).isTrue();
            }
        }
    }

    @Nested
    class TheOwner {

        @Test
        void may_change_between_calls() throws Exception {
            CoreInstance instance = basics(engine, store);
            long[] sum = {0};
            Thread thread = Thread.ofPlatform().start(() -> sum[0] = call(instance, "add", 1, 2));
            thread.join();
            assertThat(sum[0] + call(instance, "add", 3, 4)).isEqualTo(10);
        }

        @Test
        void is_the_only_one_to_call_while_a_call_runs() {
            AtomicReference<CoreInstance> instance = new AtomicReference<>();
            AtomicReference<Throwable> refused = new AtomicReference<>();
            instance.set(basics(engine, store, io -> {}, io -> {
                Thread other = Thread.ofPlatform()
                        .uncaughtExceptionHandler((thread, e) -> refused.set(e))
                        .start(() -> call(instance.get(), "add", 1, 2));
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
            assertThat(call(instance.get(), "ping-then-add", 1)).isEqualTo(2);
            assertThat(refused.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("was entered by");
        }

        @Test
        void cannot_call_into_a_closed_store() {
            CoreInstance instance = basics(engine, store);
            CoreMemory memory = (CoreMemory) instance.export("memory").orElseThrow();
            store.close();
            store.close();
            assertThatThrownBy(() -> call(instance, "add", 1, 2)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> memory.getByte(0)).isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
        }
    }
}
