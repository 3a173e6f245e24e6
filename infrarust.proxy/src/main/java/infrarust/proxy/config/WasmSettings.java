package infrarust.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The engine of WASM plugins and the limits of each plugin.
 *
 * @param engine the name of the engine's provider, for example {@code chicory}
 * @param engineOptions what the table of that name within {@code [wasm]} says, for example {@code mode = "interpreter"}; the
 *     engine refuses what it does not know
 * @param cacheDir where compiled code may be kept; outside the plugins folder
 * @param memoryLimitMb linear memory of one instance in MiB, 1 to 4096
 * @param maxCallDuration wall-clock bound of one call into the main instance
 * @param queueCapacity calls that may wait for the main instance
 */
public record WasmSettings(
        String engine,
        Map<String, String> engineOptions,
        Path cacheDir,
        int memoryLimitMb,
        Duration maxCallDuration,
        int queueCapacity) {

    public WasmSettings {
        engineOptions = Map.copyOf(engineOptions);
    }

    /** Chicory with the limits of the published host: 64 MiB, 60 s, 1024 calls. */
    public static WasmSettings defaults() {
        return new WasmSettings("chicory", Map.of(), Path.of("cache", "wasm"), 64, Duration.ofSeconds(60), 1024);
    }

    /** These settings with another folder for compiled code. */
    public WasmSettings cacheDir(Path folder) {
        return new WasmSettings(engine, engineOptions, folder, memoryLimitMb, maxCallDuration, queueCapacity);
    }
}
