package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.value.Value;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Built-ins of asynchronous tasks in a component whose functions are all synchronous. */
class TasksTest {

    private static CoreEngine engine;

    private ComponentInstance instance;

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void start() {
        instance = Component.compile(engine, Resources.bytes("tasks.wasm"))
                .instantiate(Imports.with(MethodHandles.lookup()), CoreLimits.defaults());
    }

    @AfterEach
    void end() {
        instance.close();
    }

    @Test
    void context_slots_live_from_a_calls_begin_to_its_post_return() {
        assertThat(instance.function("remember").call(new Value.U32(42))).contains(new Value.U32(42));
        assertThat(instance.function("seen").call()).contains(new Value.U32(42));
        assertThat(instance.function("remember").call(new Value.U32(7))).contains(new Value.U32(7));
        assertThat(instance.function("seen").call()).contains(new Value.U32(7));
    }

    @Test
    void back_pressure_cannot_be_released_without_having_been_asked_for() {
        assertThatThrownBy(() -> instance.function("release").call())
                .isInstanceOf(CoreTrap.Contract.class)
                .hasMessageContaining("back pressure");
    }

    @Test
    void what_needs_a_task_ends_the_call_by_name() {
        assertThatThrownBy(() -> instance.function("open").call())
                .isInstanceOf(CoreTrap.Contract.class)
                .hasMessageContaining("stream.new");
    }

    @Test
    void nothing_of_it_may_be_called_while_a_result_is_given_back() {
        assertThatThrownBy(() -> instance.function("wait-after").call())
                .isInstanceOf(CoreTrap.Contract.class)
                .hasMessageContaining("cannot leave component instance");
    }
}
