package infrarust.wasm.component;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineProvider;
import infrarust.wasm.spi.CoreEngineSettings;
import java.util.ServiceLoader;

/** The engine that tests run on. */
final class Engines {

    private Engines() {}

    static CoreEngine chicory() {
        // The module itself finds no engines (its embedder does), so its descriptor does not say that it uses any.
        Engines.class.getModule().addUses(CoreEngineProvider.class);
        return ServiceLoader.load(CoreEngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("chicory"))
                .findFirst()
                .orElseThrow()
                .open(CoreEngineSettings.defaults());
    }
}
