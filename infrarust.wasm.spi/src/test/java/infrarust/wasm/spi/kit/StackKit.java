package infrarust.wasm.spi.kit;

import static infrarust.wasm.spi.kit.KitModules.call;
import static infrarust.wasm.spi.kit.KitModules.extern;
import static infrarust.wasm.spi.kit.KitModules.function;
import static infrarust.wasm.spi.kit.KitModules.wasm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import infrarust.wasm.spi.CoreValueType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nesting without end. */
@Timeout(60)
public abstract class StackKit extends EngineKit {

    private static final CoreFunctionType DOWN = new CoreFunctionType(List.of(CoreValueType.I32), List.of());
    private static final int STACK = 256 * 1024;
    private static final long LARGE_THREAD = 256L << 20;

    private static final Way BY_SLOTS = function -> function.call(new long[0]);
    private static final Way BY_HANDLE = function -> {
        function.handle().invokeExact(function.receiver());
    };

    CoreInstance deep;

    @BeforeEach
    void link() {
        store.close();
        store = engine.newStore(new CoreLimits(10, 100, 10, STACK));
        AtomicReference<CoreInstance> self = new AtomicReference<>();
        CoreFunction again =
                store.hostFunction(DOWN, io -> function(self.get(), "host").call(io));
        AtomicReference<CoreFunction> on = new AtomicReference<>();
        CoreFunction bridge = store.hostFunction(DOWN, io -> on.get().call(io));
        // The two import each other, so one of the ways leads over a host function.
        deep = store.instantiate(engine.compile(wasm("deep")), List.of(again, bridge));
        self.set(deep);
        CoreInstance spare = store.instantiate(engine.compile(wasm("deep")), List.of(again, bridge));
        store.instantiate(
                engine.compile(wasm("pass-on")), List.of(extern(deep, "table-of-other"), extern(deep, "table")));
        on.set(function(
                store.instantiate(
                        engine.compile(wasm("pass-on")), List.of(extern(deep, "other"), extern(spare, "table"))),
                "on"));
    }

    /** A way to call a function without arguments or results. */
    private interface Way {
        void call(CoreFunction function) throws Throwable;
    }

    /** How often a host function and a guest called each other before the limit ended it, and what came out at last. */
    private record Nesting(int levels, Throwable thrown, boolean poisoned) {}

    /**
     * Lets a guest of much stack and no recursion call itself through a host function.
     *
     * @param catching whether the host function hides the trap from those above
     */
    private Nesting nested(Way way, boolean catching) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        int[] levels = {0};
        try (CoreStore fresh = engine.newStore(new CoreLimits(10, 100, 10, STACK))) {
            AtomicReference<CoreFunction> down = new AtomicReference<>();
            CoreFunction again = fresh.hostFunction(new CoreFunctionType(List.of(), List.of()), io -> {
                levels[0]++;
                try {
                    way.call(down.get());
                } catch (CoreTrap e) {
                    if (!catching) {
                        throw e;
                    }
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            });
            down.set(function(fresh.instantiate(engine.compile(KitModules.chain()), List.of(again)), "down"));
            Thread thread = new Thread(
                    null,
                    () -> {
                        try {
                            way.call(down.get());
                        } catch (Throwable e) {
                            // The other thread looks at it.
                            thrown.set(e);
                        }
                    },
                    "nested",
                    LARGE_THREAD);
            thread.start();
            thread.join();
            return new Nesting(levels[0], thrown.get(), fresh.isPoisoned());
        }
    }

    @Test
    void costs_a_nested_call_by_handle_what_it_costs_by_slots() throws InterruptedException {
        Nesting bySlots = nested(BY_SLOTS, false);
        Nesting byHandle = nested(BY_HANDLE, false);
        assertThat(bySlots.thrown()).isInstanceOf(CoreTrap.StackExhausted.class);
        assertThat(byHandle.thrown()).isInstanceOf(CoreTrap.StackExhausted.class);
        // The outermost call by a handle may be free.
        assertThat(byHandle.levels()).isBetween(bySlots.levels(), bySlots.levels() + 1);
    }

    @Test
    void poisons_the_store_although_a_host_function_catches_the_trap() throws InterruptedException {
        for (Way way : List.of(BY_SLOTS, BY_HANDLE)) {
            Nesting end = nested(way, true);
            assertThat(end.poisoned()).isTrue();
            assertThat(end.thrown()).isInstanceOf(CoreTrap.class);
        }
    }

    /** On a thread with room for a hundred times the limit, so that only the limit can end it. */
    private void endsByTheLimit(CoreInstance instance, String name) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        call(instance, name, 0);
                    } catch (CoreTrap e) {
                        thrown.set(e);
                    }
                },
                name,
                LARGE_THREAD);
        thread.start();
        thread.join();
        assertThat(thrown.get())
                .isInstanceOf(CoreTrap.StackExhausted.class)
                .hasMessageContaining(Integer.toString(STACK));
        assertThat(store.isPoisoned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "mutual", "indirect", "host", "other", "table-of-other"})
    void is_ended_by_the_limit_however_it_nests(String name) throws InterruptedException {
        endsByTheLimit(deep, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "between"})
    void is_ended_by_the_limit_however_large_the_function_is(String name) throws InterruptedException {
        endsByTheLimit(store.instantiate(engine.compile(KitModules.hugeRecursion()), List.of()), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "mutual", "indirect", "host", "other", "table-of-other"})
    void is_ended_on_a_small_thread_too(String name) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                null, () -> assertThatThrownBy(() -> call(deep, name, 0)).satisfies(thrown::set), name, 160 * 1024);
        thread.start();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(CoreTrap.StackExhausted.class);
        assertThat(store.isPoisoned()).isTrue();
    }

    @Test
    void allows_what_stays_below_again_and_again() {
        for (int i = 0; i < 1_000; i++) {
            call(deep, "levels", 100);
        }
        assertThat(call(deep, "reached")).isEqualTo(1_000 * 101);
    }

    @Test
    protected void counts_nothing_twice_when_an_exception_is_caught() {
        call(deep, "caught", 50);
        call(deep, "levels", 100);
        assertThat(store.isPoisoned()).isFalse();
    }
}
