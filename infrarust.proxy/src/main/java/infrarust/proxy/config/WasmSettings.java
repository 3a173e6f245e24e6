package infrarust.proxy.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The engine of WASM plugins and the limits of each plugin.
 *
 * @param engine the name of the engine's provider, for example {@code chicory}
 * @param cacheDir where compiled code may be kept; outside the plugins folder
 * @param memoryLimitMb linear memory of one instance in MiB, 1 to 4096
 * @param maxCallDuration wall-clock bound of one call into the main instance
 * @param queueCapacity calls that may wait for the main instance
 */
public record WasmSettings(
        String engine, Path cacheDir, int memoryLimitMb, Duration maxCallDuration, int queueCapacity) {

    /** Chicory with the limits of the published host: 64 MiB, 60 s, 1024 calls. */
    public static WasmSettings defaults() {
        return new WasmSettings("chicory", Path.of("cache", "wasm"), 64, Duration.ofSeconds(60), 1024);
    }

    /** These settings with another folder for compiled code. */
    public WasmSettings cacheDir(Path folder) {
        return new WasmSettings(engine, folder, memoryLimitMb, maxCallDuration, queueCapacity);
    }
}
