package infrarust.proxy.wasm;

import infrarust.wasm.component.Imports;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;

/** What a plugin sees of the machine: clocks, random numbers, one folder, and its log as standard output. */
final class WasiOffer {

    private WasiOffer() {}

    /** Adds the WASI interfaces. */
    @SuppressWarnings("unused") // body follows
    static void add(Imports imports, Optional<Path> dataFolder, Logger logger) {}
}
