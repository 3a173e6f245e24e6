package infrarust.wasm.spi.kit;

import static infrarust.wasm.spi.kit.KitModules.basics;
import static infrarust.wasm.spi.kit.KitModules.call;
import static infrarust.wasm.spi.kit.KitModules.wasm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopping calls from another thread. */
@Timeout(60)
public abstract class InterruptionKit extends EngineKit {

    /** Stops the first call that it sees running in the store. */
    private static Thread stopper(CoreStore store, AtomicReference<Boolean> answer) {
        return Thread.ofPlatform().start(() -> {
            long call;
            while ((call = store.runningCall()) == 0) {
                Thread.onSpinWait();
            }
            answer.set(store.interrupt(call));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"spin", "spin-by-calls", "ping-for-ever"})
    void ends_a_call_that_would_not_end_and_touches_no_flag(String name) throws Exception {
        CoreInstance instance = basics(engine, store);
        long[] arguments = name.equals("spin-by-calls") ? new long[] {1} : new long[0];
        AtomicReference<Boolean> answer = new AtomicReference<>();
        Thread stopper = stopper(store, answer);
        assertThatThrownBy(() -> call(instance, name, arguments)).isInstanceOf(CoreTrap.Interrupted.class);
        stopper.join();
        assertThat(answer.get()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(store.isPoisoned()).isTrue();
        assertThat(store.runningCall()).isZero();
    }

    @Test
    void lets_other_stores_of_the_module_run() throws Exception {
        CoreInstance spinning = basics(engine, store);
        try (CoreStore second = engine.newStore(CoreLimits.defaults())) {
            CoreInstance innocent = basics(engine, second);
            AtomicReference<Boolean> answer = new AtomicReference<>();
            Thread stopper = stopper(store, answer);
            assertThatThrownBy(() -> call(spinning, "spin")).isInstanceOf(CoreTrap.Interrupted.class);
            stopper.join();
            for (int i = 0; i < 3_000; i++) {
                assertThat(call(innocent, "sum", 10)).isEqualTo(55);
            }
            assertThat(second.isPoisoned()).isFalse();
        }
    }

    @Test
    void stops_the_outer_store_only_when_it_runs_again() {
        try (CoreStore inner = engine.newStore(CoreLimits.defaults())) {
            CoreInstance nested = basics(engine, inner);
            CoreInstance outer = basics(engine, store, io -> {}, io -> {
                assertThat(store.interrupt(store.runningCall())).isTrue();
                assertThat(call(nested, "sum", 100)).isEqualTo(5_050);
            });
            assertThatThrownBy(() -> call(outer, "ping-then-add", 1)).isInstanceOf(CoreTrap.Interrupted.class);
            assertThat(inner.isPoisoned()).isFalse();
        }
    }

    @Test
    void comes_too_late_for_a_call_that_has_ended() {
        AtomicLong number = new AtomicLong();
        CoreInstance instance = basics(engine, store, io -> {}, io -> number.set(store.runningCall()));
        call(instance, "ping-then-add", 1);
        assertThat(store.interrupt(number.get())).isFalse();
        assertThat(store.interrupt(number.get() + 1)).isFalse();
        assertThat(store.interrupt(0)).isFalse();
        assertThat(call(instance, "sum", 1_000)).isEqualTo(500_500);
    }

    @Test
    void leaves_a_flag_that_somebody_else_set() {
        CoreInstance instance = basics(engine, store);
        Thread.currentThread().interrupt();
        try {
            assertThat(call(instance, "sum", 1_000)).isEqualTo(500_500);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(call(instance, "sum", 10)).isEqualTo(55);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void raced_against_short_calls_never_stops_an_innocent_one() throws Exception {
        // Every fifth call of the first store and its successors is asked to stop, while it may be ending; of the
        // second
        // store none ever is.
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<CoreStore> victim = new AtomicReference<>(store);
        AtomicLong hits = new AtomicLong();
        Thread racer = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                CoreStore current = victim.get();
                long call = current.runningCall();
                if (call % 5 == 4 && current.interrupt(call)) {
                    hits.incrementAndGet();
                }
            }
        });
        long stopped = 0;
        long innocent = 0;
        try (CoreStore second = engine.newStore(CoreLimits.defaults())) {
            CoreInstance bystander = basics(engine, second);
            CoreFunction sum = KitModules.function(bystander, "sum");
            CoreStore current = store;
            CoreInstance instance = basics(engine, current);
            int calls = 20_000;
            for (int i = 0; i < calls; i++) {
                long[] io = {20};
                try {
                    call(instance, "sum", 20);
                } catch (CoreTrap.Interrupted e) {
                    assertThat(e).isNotNull();
                    stopped++;
                    current.close();
                    current = engine.newStore(CoreLimits.defaults());
                    instance = basics(engine, current);
                    victim.set(current);
                }
                sum.call(io);
                assertThat(io[0]).isEqualTo(210);
                innocent++;
            }
            current.close();
            assertThat(second.isPoisoned()).isFalse();
        } finally {
            done.set(true);
            racer.join();
        }
        assertThat(innocent).isPositive();
        assertThat(stopped).isLessThanOrEqualTo(hits.get() + 1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void reaches_functions_that_are_too_large_to_compile() throws Exception {
        CoreInstance instance = store.instantiate(engine.compile(KitModules.huge()), List.of());
        assertThat(call(instance, "small", 77)).isEqualTo(call(instance, "grind", 77));
        AtomicReference<Boolean> answer = new AtomicReference<>();
        Thread stopper = stopper(store, answer);
        assertThatThrownBy(() -> call(instance, "small", 0)).isInstanceOf(CoreTrap.Interrupted.class);
        stopper.join();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void reaches_a_start_function() throws Exception {
        AtomicReference<Boolean> answer = new AtomicReference<>();
        Thread stopper = stopper(store, answer);
        assertThatThrownBy(() -> store.instantiate(engine.compile(wasm("spinning-start")), List.of()))
                .isInstanceOf(CoreTrap.Interrupted.class);
        stopper.join();
        assertThat(answer.get()).isTrue();
        assertThat(store.isPoisoned()).isTrue();
    }

    @Test
    void reaches_an_instance_that_is_made_after_the_request() {
        CoreFunctionType nothing = new CoreFunctionType(List.of(), List.of());
        CoreFunction stop = store.hostFunction(
                nothing, io -> assertThat(store.interrupt(store.runningCall())).isTrue());
        CoreModule late = engine.compile(wasm("spinning-start"));
        CoreFunction outer = store.hostFunction(nothing, io -> {
            stop.call(new long[1]);
            store.instantiate(late, List.of());
        });
        assertThatThrownBy(() -> outer.call(new long[1])).isInstanceOf(CoreTrap.Interrupted.class);
    }

    @Test
    void asked_for_by_a_start_function_itself_ends_it() {
        CoreFunction stop = store.hostFunction(
                new CoreFunctionType(List.of(), List.of()), io -> store.interrupt(store.runningCall()));
        CoreModule module = engine.compile(wasm("calling-start"));
        assertThatThrownBy(() -> store.instantiate(module, List.of(stop))).isInstanceOf(CoreTrap.Interrupted.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
