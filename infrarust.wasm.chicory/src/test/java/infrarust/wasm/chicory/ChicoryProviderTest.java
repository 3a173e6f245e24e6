package infrarust.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineException;
import infrarust.wasm.spi.CoreEngineProvider;
import infrarust.wasm.spi.CoreEngineSettings;
import infrarust.wasm.spi.kit.KitModules;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChicoryProviderTest {

    @Test
    void is_found_by_the_service_loader() {
        // Only a module that says so may look services up, and this one has no need to.
        assertThat(ChicoryProvider.class.getModule().getDescriptor().provides()).anySatisfy(provided -> {
            assertThat(provided.service()).isEqualTo(CoreEngineProvider.class.getName());
            assertThat(provided.providers()).containsExactly(ChicoryProvider.class.getName());
        });
    }

    @Test
    void compiles_by_default_and_keeps_to_that_after_its_self_test() {
        try (CoreEngine engine = new ChicoryProvider().open(CoreEngineSettings.defaults())) {
            engine.compile(KitModules.wasm("owner"));
            assertThat(engine.description()).isEqualTo("chicory 1.7.5 (compiler)");
        }
    }

    @Test
    void refuses_options_and_modes_that_it_does_not_know() {
        assertThatThrownBy(() -> open(Map.of("speed", "high")))
                .isInstanceOf(CoreEngineException.class)
                .hasMessageContaining("speed")
                .hasMessageContaining("mode");
        assertThatThrownBy(() -> open(Map.of("mode", "jit")))
                .isInstanceOf(CoreEngineException.class)
                .hasMessageContaining("compiler or interpreter");
    }

    private static CoreEngine open(Map<String, String> options) {
        return new ChicoryProvider().open(new CoreEngineSettings(Optional.empty(), options));
    }
}
