package infrarust.benchmarks.filter;

import infrarust.wasm.chicory.ChicoryProvider;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The component under test: made by rustc and wit-bindgen, its filter lets every packet pass. */
final class PassingComponent {

    private static final int HEADER = 8;
    private static final int CORE_MODULE_SECTION = 1;

    private PassingComponent() {}

    static CoreEngine engine() {
        return new ChicoryProvider().open(CoreEngineSettings.defaults());
    }

    static byte[] bytes() {
        String guest = System.getProperty("infrarust.benchmarks.guest", "guest");
        Path file = Path.of(guest, "fixtures", "plugins", "modifier.wasm");
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " cannot be read; start with benchmarks/run or set -Dinfrarust.benchmarks.guest", e);
        }
    }

    /** The first core module, which holds the guest's own code. */
    static byte[] coreModule() {
        byte[] component = bytes();
        int at = HEADER;
        while (at < component.length) {
            int id = component[at++];
            int size = 0;
            int shift = 0;
            byte b;
            do {
                b = component[at++];
                size |= (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            if (id == CORE_MODULE_SECTION) {
                return Arrays.copyOfRange(component, at, at + size);
            }
            at += size;
        }
        throw new IllegalStateException("the component has no core module");
    }
}
