package infrarust.wasm.spi.kit;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An engine and a store for each test. */
public abstract class EngineKit implements KitEngine {

    CoreEngine engine;
    CoreStore store;

    @BeforeEach
    void openEngine() {
        engine = open();
        store = engine.newStore(CoreLimits.defaults());
    }

    @AfterEach
    void closeEngine() {
        store.close();
        engine.close();
    }
}
