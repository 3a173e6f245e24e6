package infrarust.wasm.component;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Another engine that lets a given one do the work, and remembers what it was told to compile. */
final class CountingEngine implements CoreEngine {

    final List<byte[]> compiled = new ArrayList<>();
    private final CoreEngine engine;

    CountingEngine(CoreEngine engine) {
        this.engine = engine;
    }

    @Override
    public String description() {
        return engine.description();
    }

    @Override
    public Set<CoreFeature> features() {
        return engine.features();
    }

    @Override
    public CoreModule compile(byte[] wasm) {
        compiled.add(wasm);
        return engine.compile(wasm);
    }

    @Override
    public CoreStore newStore(CoreLimits limits) {
        return engine.newStore(limits);
    }

    @Override
    public void close() {
        // Who opened the engine closes it.
    }
}
