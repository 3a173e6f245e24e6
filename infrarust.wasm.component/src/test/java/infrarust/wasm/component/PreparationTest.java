package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Code that is made before an instance needs it. */
class PreparationTest {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    @WitInterface("test:methods/api@1.0.0")
    interface Api {
        int sum();
    }

    @WitInterface("test:methods/api@1.0.0")
    interface OtherTypes {
        String sum();
    }

    @WitInterface("test:methods/absent@1.0.0")
    interface Absent {
        int sum();
    }

    private static CoreEngine engine;

    private Component component;

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void compile() {
        component = Component.compile(engine, Resources.bytes("methods.wasm"));
    }

    @Test
    void refuses_what_binding_would_refuse() {
        Imports imports = Imports.with(LOOKUP);

        assertThatThrownBy(() -> component.prepare(imports, LOOKUP, List.of(OtherTypes.class)))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining("sum");
        assertThatThrownBy(() -> component.prepare(imports, LOOKUP, List.of(Absent.class)))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining("does not export test:methods/absent@1.0.0");
    }

    @Test
    void serves_an_instance_that_another_thread_makes_at_the_same_time() throws Exception {
        Imports imports = Imports.with(LOOKUP);
        int threads = 4;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Future<Class<?>>> stubs = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                stubs.add(pool.submit(() -> {
                    together.await(30, TimeUnit.SECONDS);
                    component.prepare(imports, LOOKUP, List.of(Api.class));
                    try (ComponentInstance instance = component.instantiate(imports, CoreLimits.defaults())) {
                        Api api = instance.bind(Api.class);
                        assertThat(api.sum()).isZero();
                        return api.getClass();
                    }
                }));
            }
        }
        List<Class<?>> made = new ArrayList<>();
        for (Future<Class<?>> stub : stubs) {
            made.add(stub.get());
        }
        assertThat(made).as("code is made once").containsOnly(made.getFirst());
    }
}
