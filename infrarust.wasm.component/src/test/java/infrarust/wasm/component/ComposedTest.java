package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.bind.GuestResource;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitResource;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.value.HostInterface;
import infrarust.wasm.component.value.HostResource;
import infrarust.wasm.component.value.Value;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Components within components, and instances that serve each other. */
class ComposedTest {

    private static final String API = "test:composed/api@1.0.0";

    private static CoreEngine engine;
    private static Component composed;

    private final List<String> log = new ArrayList<>();
    private ComponentInstance instance;

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
        composed = Component.compile(engine, Resources.bytes("composed.wasm"));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void start() {
        instance = composed.instantiate(imports(), CoreLimits.defaults());
    }

    @AfterEach
    void end() {
        instance.close();
    }

    private Imports imports() {
        HostInterface root = new HostInterface().function("log", arguments -> {
            log.add(((Value.Text) arguments.getFirst()).value());
            return Optional.empty();
        });
        return Imports.with(MethodHandles.lookup()).provide(WitInterface.ROOT, root);
    }

    private Value call(String function, Value... arguments) {
        return instance.function(API, function).call(arguments).orElseThrow();
    }

    private static Value number(int value) {
        return new Value.U32(value);
    }

    private Value.Resource make(int representation) {
        return (Value.Resource) call("make", number(representation));
    }

    @Nested
    class StringsBetweenGuests {

        @ParameterizedTest
        @ValueSource(strings = {"", "plain", "für", "綠色", "a 😀 b", "ÿĀ"})
        void change_their_encoding_on_the_way(String text) {
            assertThat(call("relay", new Value.Text(text))).isEqualTo(new Value.Text(text));
            assertThat(call("relay-compact", new Value.Text(text))).isEqualTo(new Value.Text(text));
            assertThat(log).containsExactly(text);
        }
    }

    @Nested
    class AResource {

        @Test
        void is_destroyed_by_the_guest_that_defines_it_when_another_drops_it() {
            assertThat(call("use", number(21))).isEqualTo(number(42));
            assertThat(call("sum")).isEqualTo(number(21));
            assertThat(instance.heldResources()).isZero();
        }

        @Test
        void moves_from_one_guest_to_another() {
            assertThat(call("give-away", number(5))).isEqualTo(number(5));
            assertThat(call("sum")).isEqualTo(number(5));
            assertThat(instance.heldResources()).isZero();
        }

        @Test
        void cannot_be_given_away_while_it_is_lent() {
            assertThatThrownBy(() -> instance.function(API, "lend-and-give").call())
                    .isInstanceOf(CoreTrap.Contract.class)
                    .hasMessageContaining("while it was lent");
            assertThat(instance.isPoisoned()).isTrue();
        }

        @Test
        void is_lent_by_the_embedder_to_a_guest_that_does_not_define_it() {
            try (Value.Resource thing = make(9)) {
                assertThat(call("borrow", thing, number(0))).isEqualTo(number(9));
                assertThat(call("borrow", thing, number(0))).isEqualTo(number(9));
                assertThat(instance.heldResources()).isZero();
            }
            assertThat(call("sum")).isEqualTo(number(9));
        }

        @Test
        void must_be_given_back_by_whoever_borrowed_it() {
            Value.Resource thing = make(9);
            assertThatThrownBy(() -> call("borrow", thing, number(1)))
                    .isInstanceOf(CoreTrap.Contract.class)
                    .hasMessageContaining("kept 1 borrowed");
        }

        @Test
        void ends_the_caller_too_when_its_destructor_traps() {
            assertThatThrownBy(() -> call("use", number(666))).isInstanceOf(CoreTrap.Unreachable.class);
            assertThat(instance.isPoisoned()).isTrue();
        }

        @Test
        void of_another_instance_is_refused() {
            try (ComponentInstance other = composed.instantiate(imports(), CoreLimits.defaults())) {
                Value theirs = other.function(API, "make").call(number(1)).orElseThrow();
                assertThatThrownBy(() -> call("borrow", theirs, number(0)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("another component");
            }
        }

        @Test
        void that_is_none_is_refused() {
            assertThatThrownBy(() -> call("borrow", new Value.Resource("mine"), number(0)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_component_and_one_within_it_call_each_other() {
        assertThat(call("there-and-back", number(20))).isEqualTo(number(42));
    }

    @WitResource("thing")
    interface Thing extends GuestResource {}

    @WitInterface(
            value = API,
            resources = {Thing.class})
    interface Api {
        Thing make(int representation);

        int borrow(Thing thing, int keep);

        String relay(String text);

        int sum();
    }

    @Test
    void functions_of_several_guests_are_bound_to_one_java_interface() {
        Api api = instance.bind(Api.class);
        try (Thing thing = api.make(30)) {
            assertThat(api.borrow(thing, 0)).isEqualTo(30);
        }
        assertThat(api.sum()).isEqualTo(30);
        assertThat(api.relay("für 綠")).isEqualTo("für 綠");
    }

    @Nested
    class AnInstanceOfAnotherComponent {

        private final Component client = Component.compile(engine, Resources.bytes("client.wasm"));

        private ComponentInstance connect(Imports imports) {
            return client.instantiate(imports, CoreLimits.defaults());
        }

        @Test
        void serves_imports_with_its_exports() {
            Imports imports = Imports.with(MethodHandles.lookup()).provide(API, instance, API);
            try (ComponentInstance user = connect(imports)) {
                assertThat(user.function("use").call(number(8))).contains(number(8));
                assertThat(user.heldResources()).isZero();
                assertThat(user.function("relay").call(new Value.Text("über 綠")))
                        .contains(new Value.Text("über 綠"));
            }
            assertThat(call("sum")).isEqualTo(number(8));
            assertThat(instance.heldResources()).isZero();
        }

        @Test
        void is_refused_where_an_export_is_missing() {
            HostInterface less = new HostInterface().resource("thing", new HostResource(_ -> {}));
            assertThatThrownBy(
                            () -> connect(Imports.with(MethodHandles.lookup()).provide(API, less)))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContainingAll("'make' of " + API, "does not offer");
        }

        @Test
        void is_refused_where_an_export_is_of_another_kind() {
            HostInterface other = new HostInterface().function("thing", _ -> Optional.empty());
            assertThatThrownBy(
                            () -> connect(Imports.with(MethodHandles.lookup()).provide(API, other)))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContaining("as a resource, but it is offered as a function");
        }

        @Test
        void may_be_played_by_the_embedder_with_resources_of_his_own() {
            List<Object> dropped = new ArrayList<>();
            HostInterface host = new HostInterface()
                    .resource("thing", new HostResource(dropped::add))
                    .function("make", arguments -> Optional.of(new Value.Resource("thing " + arguments.getFirst())))
                    .function("borrow", arguments -> {
                        assertThat(((Value.Resource) arguments.getFirst()).representation())
                                .isEqualTo("thing " + number(3));
                        return Optional.of(number(33));
                    })
                    .function("relay", arguments -> Optional.of(arguments.getFirst()));
            try (ComponentInstance user =
                    connect(Imports.with(MethodHandles.lookup()).provide(API, host))) {
                assertThat(user.function("use").call(number(3))).contains(number(33));
            }
            assertThat(dropped).containsExactly("thing " + number(3));
        }
    }

    @Nested
    class ACoreModuleAndAComponent {

        /** {@code (module (func (export "answer") (result i32) i32.const 41))}. */
        private final byte[] answer = HexFormat.of()
                .parseHex("0061736d01000000010501600001" + "7f03020100070a0106616e7377657200000a0601040041290b");

        private final Component parts = Component.compile(engine, Resources.bytes("parts.wasm"));
        private final Component plusOne = Component.compile(engine, Resources.bytes("plus-one.wasm"));

        @Test
        void can_be_imported_and_are_instantiated_by_the_importer() {
            Imports imports = Imports.with(MethodHandles.lookup())
                    .provide(WitInterface.ROOT, new HostInterface().module("module", answer))
                    .provide("component", plusOne);
            try (ComponentInstance made = parts.instantiate(imports, CoreLimits.defaults())) {
                assertThat(made.function("answer").call()).contains(number(41));
                assertThat(made.function("plus-one").call()).contains(number(42));
            }
        }

        @Test
        void are_compared_with_the_type_that_is_imported() {
            byte[] withoutExports = HexFormat.of().parseHex("0061736d01000000");
            Imports imports = Imports.with(MethodHandles.lookup())
                    .provide(WitInterface.ROOT, new HostInterface().module("module", withoutExports))
                    .provide("component", plusOne);
            assertThatThrownBy(() -> parts.instantiate(imports, CoreLimits.defaults()))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContainingAll("core module 'module'", "core export 'answer'");
        }

        @Test
        void are_compiled_once_by_an_engine_whoever_imports_them() {
            CountingEngine counting = new CountingEngine(engine);
            Component importing = Component.compile(counting, Resources.bytes("parts.wasm"));
            Component imported = Component.compile(counting, Resources.bytes("plus-one.wasm"));
            Imports imports = Imports.with(MethodHandles.lookup())
                    .provide(WitInterface.ROOT, new HostInterface().module("module", answer))
                    .provide("component", imported);
            counting.compiled.clear();
            importing.instantiate(imports, CoreLimits.defaults()).close();
            assertThat(counting.compiled).containsExactly(answer);
        }

        @Test
        void are_compiled_by_the_engine_of_whoever_imports_them() {
            CountingEngine other = new CountingEngine(engine);
            Component importing = Component.compile(other, Resources.bytes("parts.wasm"));
            Imports imports = Imports.with(MethodHandles.lookup())
                    .provide(WitInterface.ROOT, new HostInterface().module("module", answer))
                    .provide("component", plusOne);
            importing.instantiate(imports, CoreLimits.defaults()).close();
            other.compiled.clear();
            importing.instantiate(imports, CoreLimits.defaults()).close();
            assertThat(other.compiled).containsExactly(answer);
        }

        @Test
        void are_missed_by_name() {
            Imports imports = Imports.with(MethodHandles.lookup()).provide("component", plusOne);
            assertThatThrownBy(() -> parts.instantiate(imports, CoreLimits.defaults()))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContaining("'module', which this host does not offer");
        }
    }
}
