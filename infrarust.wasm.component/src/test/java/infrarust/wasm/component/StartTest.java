package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.value.HostInterface;
import infrarust.wasm.component.value.Value;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guest code that runs while an instance is made: start functions of core modules, and start definitions of components. */
class StartTest {

    /**
     * {@code (component (core module $m (func $f (loop (br 0))) (start $f)) (core instance (instantiate $m)))}, without names.
     */
    private static final byte[] SPINNING = HexFormat.of()
            .parseHex("0061736d0d000100" + "0120" + "0061736d01000000010401600000030201000801000a0901070003400c000b0b"
                    + "020401000000");

    @Test
    @Timeout(60)
    void can_be_stopped_when_it_never_ends() throws Exception {
        AtomicReference<CoreStore> watched = new AtomicReference<>();
        Thread watchdog = Thread.ofPlatform().start(() -> {
            CoreStore store;
            while ((store = watched.get()) == null || store.runningCall() == 0) {
                Thread.onSpinWait();
            }
            assertThat(store.interrupt(store.runningCall())).isTrue();
        });
        try (CoreEngine engine = Engines.chicory()) {
            Component component = Component.compile(engine, SPINNING);
            assertThatThrownBy(() -> component.instantiate(
                            Imports.with(MethodHandles.lookup()), CoreLimits.defaults(), watched::set))
                    .isInstanceOf(CoreTrap.Interrupted.class);
        }
        watchdog.join();
        assertThat(watched.get().isPoisoned()).isTrue();
    }

    /** Explainer.md, "Start Definitions": anywhere between other definitions, any number of them. */
    @Nested
    class StartDefinitions {

        private final List<Integer> noted = new ArrayList<>();

        private Imports imports(Runnable begin) {
            HostInterface root = new HostInterface()
                    .function("note", arguments -> {
                        noted.add(((Value.U32) arguments.getFirst()).value());
                        return Optional.empty();
                    })
                    .function("begin", _ -> {
                        begin.run();
                        return Optional.empty();
                    });
            return Imports.with(MethodHandles.lookup()).provide(WitInterface.ROOT, root);
        }

        @Test
        void run_where_they_stand_among_core_instances_and_nested_components() {
            try (CoreEngine engine = Engines.chicory();
                    ComponentInstance instance = Component.compile(engine, Resources.bytes("starts.wasm"))
                            .instantiate(imports(() -> noted.add(100)), CoreLimits.defaults())) {
                assertThat(noted).containsExactly(100, 1, 20, 2, 3, 100);
                instance.function("go").call();
                assertThat(noted).endsWith(4);
            }
        }

        /**
         * {@code (component (import "begin" (func)) (start 0) (start 0))}, of which wasm-tools takes one: its own restriction.
         */
        @Test
        void may_be_several_in_one_component() {
            byte[] twice = HexFormat.of()
                    .parseHex("0061736d0d000100" + "070501400001000a0a010005626567696e0100" + "0903000000".repeat(2));
            try (CoreEngine engine = Engines.chicory();
                    ComponentInstance _ = Component.compile(engine, twice)
                            .instantiate(imports(() -> noted.add(100)), CoreLimits.defaults())) {
                assertThat(noted).containsExactly(100, 100);
            }
        }

        @Test
        void that_fail_end_the_instantiation() {
            AtomicReference<CoreStore> watched = new AtomicReference<>();
            try (CoreEngine engine = Engines.chicory()) {
                Component component = Component.compile(engine, Resources.bytes("starts.wasm"));
                Imports failing = imports(() -> {
                    throw new IllegalArgumentException("not today");
                });
                assertThatThrownBy(() -> component.instantiate(failing, CoreLimits.defaults(), watched::set))
                        .isInstanceOf(CoreTrap.HostFailure.class)
                        .hasMessageContaining("not today");
            }
            assertThat(noted).isEmpty();
            assertThat(watched.get().isPoisoned()).isTrue();
        }
    }
}
