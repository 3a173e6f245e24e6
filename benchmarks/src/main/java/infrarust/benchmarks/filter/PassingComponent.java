package infrarust.benchmarks.filter;

import infrarust.benchmarks.GuestFile;
import infrarust.wasm.chicory.ChicoryProvider;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineSettings;

/** The component under test: made by rustc and wit-bindgen, its filter lets every packet pass. */
final class PassingComponent {

    private PassingComponent() {}

    static CoreEngine engine() {
        return new ChicoryProvider().open(CoreEngineSettings.defaults());
    }

    static byte[] bytes() {
        return file().bytes();
    }

    /** The first core module, which holds the guest's own code. */
    static byte[] coreModule() {
        return file().coreModule();
    }

    private static GuestFile file() {
        return GuestFile.read("fixtures/plugins/modifier.wasm");
    }
}
