package infrarust.proxy.wasm;

import infrarust.api.Plugin;
import infrarust.api.PluginMetadata;
import infrarust.proxy.config.Capability;
import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.plugin.PluginCandidate;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.proxy.plugin.PluginScope;
import infrarust.wasm.component.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A component that has passed every check and said who it is. */
record WasmCandidate(
        ComponentSource source,
        Component component,
        PluginContract contract,
        PluginMetadata metadata,
        ProxyConfig config,
        GuestStarter starter,
        CallLimits limits)
        implements PluginCandidate {

    private static final Logger LOG = LoggerFactory.getLogger(WasmPluginLoader.class);

    @Override
    public String origin() {
        return source.origin();
    }

    @Override
    public Plugin load(PluginScope scope) throws PluginRefusedException {
        PluginSettings settings = config.plugin(metadata.id());
        Set<Capability> granted = settings.granted();
        checkGranted(granted, settings.strictCapabilities());
        var faults = new FaultLog(metadata.id());
        var started = starter.start(
                metadata.id(),
                component,
                contract,
                new GuestStarter.Surroundings(
                        scope,
                        granted,
                        source.keepsFiles() ? Optional.of(folder(scope.dataFolder())) : Optional.empty(),
                        faults));
        var _ = scope.own(() -> started::close);
        return new WasmPlugin(metadata, started.actor(), started.adapter(), limits, faults);
    }

    private void checkGranted(Set<Capability> granted, boolean strict) throws PluginRefusedException {
        for (var missing : ImportCheck.ungranted(component, contract, granted).entrySet()) {
            String capability = missing.getKey().key();
            String functions = String.join(", ", missing.getValue());
            if (strict) {
                throw new PluginRefusedException("it imports " + functions + " and was not granted '" + capability
                        + "'; add it to [plugins." + metadata.id() + "] permissions, or drop strict_capabilities");
            }
            LOG.warn(
                    "plugin '{}' imports {} and was not granted '{}': those calls will be refused",
                    metadata.id(),
                    functions,
                    capability);
        }
    }

    private static Path folder(Path folder) throws PluginRefusedException {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new PluginRefusedException("its folder " + folder + " cannot be made: " + failure.getMessage());
        }
    }
}
