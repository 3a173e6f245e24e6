package infrarust.wasm.spi.kit;

import static infrarust.wasm.spi.kit.KitModules.call;
import static infrarust.wasm.spi.kit.KitModules.extern;
import static infrarust.wasm.spi.kit.KitModules.wasm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreTrap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References to functions that go from instance to instance, and references to exceptions. */
public abstract class ReferencesKit extends EngineKit {

    @Nested
    class Functions {

        private CoreInstance owner;
        private CoreInstance other;

        @BeforeEach
        void link() {
            owner = store.instantiate(engine.compile(wasm("references-a")), List.of());
            call(owner, "set-variable");
            List<CoreExtern> shared = Stream.of("table", "constant", "variable", "give", "take")
                    .map(name -> extern(owner, name))
                    .toList();
            other = store.instantiate(engine.compile(wasm("references-b")), shared);
        }

        @ParameterizedTest
        @CsvSource({
            "from-table, 2",
            "from-constant, 1",
            "from-variable, 2",
            "from-kept, 1",
            "from-result, 1",
            "from-segment, 1",
            "from-passive, 110",
            "from-growth, 1",
            "copied, 102",
            "own, 11",
            "null, 1"
        })
        void stay_what_they_are_when_they_reach_another_instance(String way, long answer) {
            assertThat(call(other, way)).isEqualTo(answer);
        }

        @Test
        void stay_what_they_are_when_an_importer_gives_them_to_the_owner() {
            call(other, "give-table");
            assertThat(call(owner, "call", 0)).isEqualTo(11);
            call(other, "give-argument");
            assertThat(call(owner, "call", 3)).isEqualTo(11);
        }

        @Test
        void stay_what_they_are_when_they_come_back() {
            call(other, "give-variable");
            assertThat(call(other, "from-variable")).isEqualTo(11);
        }

        @Test
        void that_are_null_trap_when_called() {
            assertThatThrownBy(() -> call(owner, "call", 0)).isInstanceOf(CoreTrap.BadTableAccess.class);
        }
    }

    @Test
    protected void to_an_exception_are_to_that_one_and_not_to_a_later_one_of_its_tag() {
        CoreInstance instance = store.instantiate(engine.compile(wasm("exception-references")), List.of());
        assertThat(call(instance, "first-of-two")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4_000, 100_000})
    protected void to_an_exception_are_never_to_another_however_many_follow(long later) {
        CoreInstance instance = store.instantiate(engine.compile(wasm("exception-references")), List.of());
        try {
            assertThat(call(instance, "after", later)).isEqualTo(1);
        } catch (CoreTrap.Other e) {
            assertThat(later).isGreaterThan(4_000);
            assertThat(e).hasMessageContaining("throw_ref");
        }
    }
}
