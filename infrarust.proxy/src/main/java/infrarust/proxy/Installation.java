package infrarust.proxy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the launcher says about where the program lies.
 *
 * @param embeddedPlugins folder of the plugins that come with the proxy
 * @param cache folder for what can be made again
 */
record Installation(Optional<Path> embeddedPlugins, Optional<Path> cache) {

    /** From the system properties {@code infrarust.home} and {@code infrarust.cache}. */
    static Installation ofProcess() {
        return new Installation(
                path("infrarust.home").map(home -> home.resolve("embedded").resolve("plugins")),
                path("infrarust.cache"));
    }

    /** The file with the lines that operators have typed. */
    Optional<Path> history() {
        return cache.map(folder -> folder.resolve("console-history"));
    }

    private static Optional<Path> path(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }
}
