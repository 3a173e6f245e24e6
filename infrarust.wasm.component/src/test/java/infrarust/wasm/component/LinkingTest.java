package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitName;
import infrarust.wasm.component.bind.WitResource;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is said when Java and WIT do not meet. */
class LinkingTest {

    private static final String HOST = "test:misdeeds/host@0.1.0";
    private static final String GUEST = "test:misdeeds/guest@0.1.0";

    private static CoreEngine engine;
    private static Component component;

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
        component = Component.compile(engine, Resources.bytes("misdeeds.wasm"));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Imports none() {
        return Imports.with(MethodHandles.lookup());
    }

    private static void assertNotLinked(Imports imports, String... parts) {
        assertThatThrownBy(() -> component.instantiate(imports, CoreLimits.defaults()))
                .isInstanceOf(ComponentException.class)
                .hasMessageContainingAll(parts);
    }

    @WitResource("thing")
    interface Thing {
        String name();
    }

    /** Everything but one function. */
    interface Most {
        default Thing make(String name) {
            return () -> name;
        }

        default void both(Thing lent, Thing given) {}

        default void takeBytes(byte[] bytes) {}

        default void takeLists(List<byte[]> lists) {}

        default void nothing() {}
    }

    @WitInterface(
            value = HOST,
            resources = {Thing.class})
    static final class Complete implements Most {
        public void takeText(String text) {}
    }

    @WitInterface(
            value = HOST,
            resources = {Thing.class})
    static final class Incomplete implements Most {}

    @WitInterface(
            value = HOST,
            resources = {Thing.class})
    static final class WrongType implements Most {
        public void takeText(int text) {}
    }

    @WitInterface(
            value = HOST,
            resources = {Thing.class})
    static final class WrongCount implements Most {
        public void takeText(String text, String more) {}
    }

    @WitInterface(
            value = HOST,
            resources = {Thing.class})
    static final class WrongResult implements Most {
        public String takeText(String text) {
            return text;
        }
    }

    @WitInterface(HOST)
    static final class WithoutResource implements Most {
        public void takeText(String text) {}
    }

    @WitInterface(
            value = "test:misdeeds/host@0.1.9",
            resources = {Thing.class})
    static final class AnotherPatch implements Most {
        public void takeText(String text) {}
    }

    @WitInterface(
            value = "test:misdeeds/host@0.1.9",
            versions = WitInterface.Versions.COMPATIBLE,
            resources = {Thing.class})
    static final class CompatiblePatch implements Most {
        public void takeText(String text) {}
    }

    @WitInterface(
            value = "test:misdeeds/host@0.2.0",
            versions = WitInterface.Versions.COMPATIBLE,
            resources = {Thing.class})
    static final class AnotherTrack implements Most {
        public void takeText(String text) {}
    }

    @Nested
    class AnOffer {

        @Test
        void that_lacks_the_interface_is_answered_with_interface_and_function() {
            assertNotLinked(none(), "imports '", "of " + HOST, "which this host does not offer");
        }

        @Test
        void that_lacks_a_function_is_answered_with_its_name_and_the_java_type() {
            assertNotLinked(
                    none().provide(Incomplete.class, new Incomplete()),
                    "'take-text' of " + HOST,
                    "Incomplete has no method");
        }

        @Test
        void of_another_type_is_answered_with_both_types() {
            assertNotLinked(
                    none().provide(WrongType.class, new WrongType()),
                    "'take-text' of " + HOST + ", parameter text",
                    "the component has string",
                    "the Java type is int");
        }

        @Test
        void with_another_number_of_parameters_is_answered_with_both_signatures() {
            assertNotLinked(
                    none().provide(WrongCount.class, new WrongCount()), "func(text: string)", "number of parameters");
        }

        @Test
        void that_returns_what_nobody_expects_is_refused() {
            assertNotLinked(
                    none().provide(WrongResult.class, new WrongResult()), "one returns a value, the other none");
        }

        @Test
        void without_a_java_type_for_a_resource_says_how_to_name_one() {
            assertNotLinked(none().provide(WithoutResource.class, new WithoutResource()), "thing", "resource");
        }

        @Test
        void of_another_patch_is_not_taken_when_versions_are_exact() {
            assertNotLinked(none().provide(AnotherPatch.class, new AnotherPatch()), "which this host does not offer");
        }

        @Test
        void of_another_patch_is_taken_when_versions_are_compatible() {
            Imports imports = none().provide(CompatiblePatch.class, new CompatiblePatch());
            component.instantiate(imports, CoreLimits.defaults()).close();
        }

        @Test
        void of_another_track_is_not_taken() {
            assertNotLinked(none().provide(AnotherTrack.class, new AnotherTrack()), "which this host does not offer");
        }

        @Test
        void without_an_annotation_is_the_embedders_mistake() {
            assertThatThrownBy(() -> none().provide(Most.class, new Most() {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("@WitInterface");
        }
    }

    @WitInterface(GUEST)
    interface Crash {
        void crash();
    }

    @WitInterface("test:misdeeds/guest@0.2.0")
    interface AnotherExport {
        void crash();
    }

    @WitInterface(GUEST)
    interface UnknownFunction {
        void celebrate();
    }

    @WitInterface(GUEST)
    interface WrongExportType {
        long grow(int pages);
    }

    @WitInterface(GUEST)
    interface Renamed {
        @WitName("grow")
        int extend(int pages);
    }

    enum OneColor {
        RED
    }

    @WitInterface(GUEST)
    interface WrongEnum {
        OneColor giveColor(int raw);
    }

    @Nested
    class AnExport {

        private void assertNotBound(Class<?> type, String... parts) {
            Imports imports = none().provide(Complete.class, new Complete());
            try (ComponentInstance instance = component.instantiate(imports, CoreLimits.defaults())) {
                assertThatThrownBy(() -> instance.bind(type))
                        .isInstanceOf(ComponentException.class)
                        .hasMessageContainingAll(parts);
            }
        }

        @Test
        void is_bound_to_an_interface_that_wants_less_and_names_it_otherwise() {
            Imports imports = none().provide(Complete.class, new Complete());
            try (ComponentInstance instance = component.instantiate(imports, CoreLimits.defaults())) {
                assertThat(instance.bind(Renamed.class).extend(1)).isEqualTo(2);
                assertThat(instance.bind(Crash.class)).isNotNull();
            }
        }

        @Test
        void that_does_not_exist_is_answered_with_those_that_do() {
            assertNotBound(AnotherExport.class, "does not export test:misdeeds/guest@0.2.0", "exports [" + GUEST);
        }

        @Test
        void without_the_function_is_answered_with_its_functions() {
            assertNotBound(UnknownFunction.class, "celebrate()", "it has [");
        }

        @Test
        void of_another_type_is_answered_with_both_types() {
            assertNotBound(WrongExportType.class, "'grow' of " + GUEST + ", result", "s32", "long");
        }

        @Test
        void with_another_enum_is_answered_with_the_missing_constant() {
            assertNotBound(WrongEnum.class, "enum { red, green }", "a constant GREEN");
        }
    }

    @Test
    void instances_of_one_component_share_code_and_nothing_else() {
        Imports imports = none().provide(Complete.class, new Complete());
        try (ComponentInstance first = component.instantiate(imports, CoreLimits.defaults());
                ComponentInstance second = component.instantiate(imports.copy(), CoreLimits.defaults())) {
            Renamed one = first.bind(Renamed.class);
            Renamed other = second.bind(Renamed.class);
            assertThat(one.getClass()).isSameAs(other.getClass());
            assertThat(one.extend(3)).isEqualTo(2);
            assertThat(other.extend(0)).isEqualTo(2);
        }
    }
}
