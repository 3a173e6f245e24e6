package infrarust.wasm.component;

import infrarust.wasm.chicory.ChicoryProvider;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineSettings;

/** The engine that tests run on. */
final class Engines {

    private Engines() {}

    static CoreEngine chicory() {
        return new ChicoryProvider().open(CoreEngineSettings.defaults());
    }
}
