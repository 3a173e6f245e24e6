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

    /** On a thread with room for a hundred times the limit, so that only the limit can end it. */
    private void endsByTheLimit(String name) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        call(deep, name, 0);
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
        endsByTheLimit(name);
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
