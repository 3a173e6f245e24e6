package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.bind.GuestResource;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitResource;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A resource of an inner component whose method is a function of the outer one. */
class MethodsTest {

    @WitResource("thing")
    interface Thing extends GuestResource {
        int twice();
    }

    @WitInterface(
            value = "test:methods/api@1.0.0",
            resources = {Thing.class})
    interface Api {
        Thing make(int rep);

        void take(Thing given, int letter);

        int sum();

        int remember(int value);
    }

    private static CoreEngine engine;

    private ComponentInstance instance;
    private Api api;

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
        instance = Component.compile(engine, Resources.bytes("methods.wasm"))
                .instantiate(Imports.with(MethodHandles.lookup()), CoreLimits.defaults());
        api = instance.bind(Api.class);
    }

    @AfterEach
    void end() {
        instance.close();
    }

    @Test
    void a_method_runs_in_the_instance_that_has_it_and_not_in_that_of_the_resource() {
        assertThat(api.make(21).twice()).isEqualTo(42);
        assertThat(instance.heldResources()).isZero();
    }

    @Test
    void an_object_whose_gift_is_refused_stays_the_givers() {
        Thing thing = api.make(5);
        assertThatThrownBy(() -> api.take(thing, 0xd800)).isInstanceOf(IllegalArgumentException.class);
        assertThat(instance.heldResources()).isZero();
        assertThat(thing.twice()).isEqualTo(10);
        api.take(thing, 'a');
        assertThat(api.sum()).isEqualTo(5);
        assertThatThrownBy(thing::twice).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void context_slots_outlive_the_drop_of_an_own_object() {
        assertThat(api.remember(7)).isEqualTo(7);
    }
}
