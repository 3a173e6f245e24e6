package infrarust.proxy.wasm;

import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineException;
import infrarust.wasm.spi.CoreEngineProvider;
import infrarust.wasm.spi.CoreEngineSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Opens the engine that the configuration names, among those on the module path. */
final class EngineChoice {

    private EngineChoice() {}

    /**
     * Opens it.
     *
     * @param codeCache where compiled code may be kept
     * @throws PluginRefusedException if there is no such engine, or this machine cannot run it
     */
    static CoreEngine open(String name, Optional<Path> codeCache) throws PluginRefusedException {
        List<CoreEngineProvider> providers = ServiceLoader.load(ModuleLayer.boot(), CoreEngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        for (CoreEngineProvider provider : providers) {
            if (provider.name().equals(name)) {
                try {
                    return provider.open(new CoreEngineSettings(codeCache, Map.of()));
                } catch (CoreEngineException refused) {
                    throw new PluginRefusedException(
                            "the WebAssembly engine '" + name + "' does not run here: " + refused.getMessage());
                }
            }
        }
        throw new PluginRefusedException("there is no WebAssembly engine '" + name + "'; [wasm] engine may be one of "
                + providers.stream().map(CoreEngineProvider::name).sorted().collect(Collectors.joining(", ")));
    }
}
