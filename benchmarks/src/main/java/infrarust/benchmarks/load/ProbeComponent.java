package infrarust.benchmarks.load;

import infrarust.benchmarks.GuestFile;
import infrarust.wasm.chicory.ChicoryProvider;
import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import infrarust.wasm.component.wasi.Wasi;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineSettings;
import infrarust.wasm.spi.CoreLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The component under test, which imports nothing but WASI, and an engine for it. */
final class ProbeComponent implements AutoCloseable {

    private final CoreEngine engine;
    private final byte[] bytes =
            GuestFile.read("fixtures/wasi-probe/wasi-probe.wasm").bytes();

    /**
     * Opens an engine.
     *
     * @param codeCache its cache; empty to compile each time
     */
    ProbeComponent(Optional<Path> codeCache) {
        this.engine = new ChicoryProvider().open(new CoreEngineSettings(codeCache, Map.of()));
    }

    Component compile() {
        return Component.compile(engine, bytes);
    }

    static ComponentInstance instantiate(Component component) {
        Imports imports = Imports.with(MethodHandles.lookup());
        try {
            Wasi.builder().build().offerTo(imports);
        } catch (IOException e) {
            throw new UncheckedIOException("WASI without a folder opens no file", e);
        }
        return component.instantiate(imports, CoreLimits.defaults());
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Fills a cache: one argument, its folder. Run in a JVM of its own, so that the measuring one stays cold. */
    public static void main(String[] arguments) {
        try (ProbeComponent probe = new ProbeComponent(Optional.of(Path.of(arguments[0])))) {
            instantiate(probe.compile()).close();
        }
    }
}
