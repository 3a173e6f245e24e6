package infrarust.proxy;

import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.wasm.ComponentSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The plugins that come with the proxy. They run only while the operator has neither a configuration nor a plugins folder,
 * and get no folder of their own, so that a first look leaves nothing behind.
 */
final class EmbeddedPlugins {

    private EmbeddedPlugins() {}

    /** Those to run with this configuration. */
    static List<ComponentSource> of(ConfigLoader.Loaded loaded, Installation installation) {
        boolean onFirstLook = loaded.file().isEmpty()
                && Files.notExists(loaded.snapshot().config().pluginsDir());
        Optional<Path> folder = installation.embeddedPlugins().filter(path -> onFirstLook && Files.isDirectory(path));
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .map(ComponentSource::embedded)
                    .toList();
        } catch (IOException e) {
            LoggerFactory.getLogger(EmbeddedPlugins.class)
                    .warn(
                            "The plugins that come with the proxy cannot be listed in {}: {}",
                            folder.get(),
                            e.toString());
            return List.of();
        }
    }
}
