package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.value.Value;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Async functions between the components within one: they end at once, or are not let in. */
class AsyncTest {

    private static CoreEngine engine;

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Nested
    class Calls {

        private ComponentInstance instance;

        @BeforeEach
        void start() {
            instance = Component.compile(engine, Resources.bytes("async.wasm"))
                    .instantiate(Imports.with(MethodHandles.lookup()), CoreLimits.defaults());
        }

        @AfterEach
        void end() {
            instance.close();
        }

        private Optional<Value> call(String name, Value... arguments) {
            return instance.function(name).call(arguments);
        }

        @Test
        void a_result_is_read_when_it_is_given_and_not_when_the_function_ends() {
            assertThat(call("pair")).contains(new Value.Tuple(List.of(new Value.Text("toldx"), new Value.U64(40))));
        }

        @Test
        void more_than_four_parameters_go_through_the_callers_memory() {
            assertThat(call("sum", new Value.U32(1))).contains(new Value.U32(15));
        }

        @Test
        void a_caller_may_also_wait_for_the_end() {
            assertThat(call("sum-at-once", new Value.U32(10))).contains(new Value.U32(24));
        }

        @Test
        void a_resource_moves_to_the_caller() {
            assertThat(call("make")).contains(new Value.U32(1));
        }

        @Test
        void there_may_be_no_result() {
            assertThat(call("nothing")).isEmpty();
            assertThat(call("nothing")).isEmpty();
        }

        @Test
        void an_async_function_may_be_lifted_like_any_other() {
            assertThat(call("sync")).contains(new Value.U32(7));
        }

        @Test
        void a_function_that_ends_without_a_result_traps() {
            assertTraps("never", "ended without task.return");
        }

        @Test
        void a_second_result_traps() {
            assertTraps("twice", "task.return twice");
        }

        @Test
        void a_result_of_another_type_traps() {
            assertTraps("other", "task.return with another type");
        }

        @Test
        void a_function_that_is_not_async_cannot_give_a_result_this_way() {
            assertTraps("not-async", "a function that is not async");
        }

        private void assertTraps(String function, String says) {
            assertThatThrownBy(() -> call(function))
                    .isInstanceOf(CoreTrap.Contract.class)
                    .hasMessageContaining(says);
        }
    }

    @Nested
    class WhatIsRefused {

        /** {@code (component (component (canon waitable-set.new …) … (canon lift (core func $i "f") async)))} */
        private static final String WAITS =
                "AGFzbQ0AAQAEiQEAYXNtDQABAAgCAR8BKgBhc20BAAAAAQQBYAAAAwIBAAcFAQFmAAAKBAECAAsACQRuYW1lAAIBbQIEAQAAAAcFAUMAAQAGBwEAAAEAAWYIBwEAAAEBBgALBwEAAWYBAAAAJw5jb21wb25lbnQtbmFtZQEGAAABAAFzAQYAEQEAAW0BBgASAQABaQ==";

        /** {@code (component (component $c … async …) (instance $i (instantiate $c)) (export "f" (func $i "f")))} */
        private static final String BORDER =
                "AGFzbQ0AAQAEgQEAYXNtDQABAAEqAGFzbQEAAAABBAFgAAADAgEABwUBAWYAAAoEAQIACwAJBG5hbWUAAgFtAgQBAAAABwUBQwABAAYHAQAAAQABZggHAQAAAAEGAAsHAQABZgEAAAAjDmNvbXBvbmVudC1uYW1lAAIBYwEGABEBAAFtAQYAEgEAAWkFBAEAAAAGBgEBAAABZgsHAQABZgEAAAAdDmNvbXBvbmVudC1uYW1lAQUEAQABYwEFBQEAAWk=";

        /** {@code (component (component … (canon lift (core func $i "f") async (callback (core func $i "c")))))} */
        private static final String CALLBACK =
                "AGFzbQ0AAQAElwEAYXNtDQABAAE8AGFzbQEAAAABDAJgAAF/YAN/f38BfwMDAgABBwkCAWYAAAFjAAEKCQIDAAALAwAACwAJBG5hbWUAAgFtAgQBAAAABwUBQwABAAYNAgAAAQABZgAAAQABYwgJAQAAAAIGBwEACwcBAAFmAQAAAB8OY29tcG9uZW50LW5hbWUBBgARAQABbQEGABIBAAFp";

        @Test
        void a_component_that_also_has_what_waits() {
            assertRefused(WAITS, "the component uses async functions");
        }

        @Test
        void an_async_function_that_the_embedder_could_call() {
            assertRefused(BORDER, "the component uses async functions");
        }

        @Test
        void a_function_that_goes_on_by_a_callback() {
            assertRefused(CALLBACK, "the component uses async lifts or lowers");
        }

        private static void assertRefused(String component, String says) {
            assertThatThrownBy(
                            () -> Component.compile(engine, Base64.getDecoder().decode(component)))
                    .isInstanceOfSatisfying(
                            ComponentException.class,
                            e -> assertThat(e.offset()).isPresent())
                    .hasMessageContaining(says);
        }
    }
}
