package infrarust.wasm.spi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How an engine is set up.
 *
 * @param codeCache folder for compiled code, or empty for none. Code in it is trusted like a class file, so the engine
 *     creates it with access for the owner only and ignores entries that others could have written
 * @param options engine-specific switches by name, for example {@code mode=interpreter}; an engine refuses names that it
 *     does not know
 */
public record CoreEngineSettings(Optional<Path> codeCache, Map<String, String> options) {

    public CoreEngineSettings {
        options = Map.copyOf(options);
    }

    /** No cache, no options. */
    public static CoreEngineSettings defaults() {
        return new CoreEngineSettings(Optional.empty(), Map.of());
    }
}
