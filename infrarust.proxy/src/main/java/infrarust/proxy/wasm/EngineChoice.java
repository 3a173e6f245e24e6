package infrarust.proxy.wasm;

import infrarust.proxy.config.WasmSettings;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineException;
import infrarust.wasm.spi.CoreEngineProvider;
import infrarust.wasm.spi.CoreEngineSettings;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Opens the engine that the configuration names, among those on the module path. */
final class EngineChoice {

    private EngineChoice() {}

    /**
     * Opens it.
     *
     * @param settings name the engine and its options, and where it may keep compiled code
     * @throws PluginRefusedException if there is no such engine, it does not know an option, or this machine cannot run it
     */
    static CoreEngine open(WasmSettings settings) throws PluginRefusedException {
        String name = settings.engine();
        List<CoreEngineProvider> providers = ServiceLoader.load(ModuleLayer.boot(), CoreEngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        for (CoreEngineProvider provider : providers) {
            if (provider.name().equals(name)) {
                try {
                    return provider.open(
                            new CoreEngineSettings(Optional.of(settings.cacheDir()), settings.engineOptions()));
                } catch (CoreEngineException refused) {
                    throw new PluginRefusedException("the WebAssembly engine '" + name
                            + "' does not run here or not with what [wasm." + name + "] says: " + refused.getMessage());
                }
            }
        }
        throw new PluginRefusedException("there is no WebAssembly engine '" + name + "'; [wasm] engine may be one of "
                + providers.stream().map(CoreEngineProvider::name).sorted().collect(Collectors.joining(", ")));
    }
}
