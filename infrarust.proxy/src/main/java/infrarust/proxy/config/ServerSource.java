package infrarust.proxy.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server of the configuration comes from.
 *
 * @param server its id
 * @param provider {@code file@} and the folder, or a plugin's id, {@code @} and the name of its provider
 * @param file the file, if it is one
 * @param toml the text as it was read, secrets and all; {@link Redaction} makes it fit to be shown
 */
public record ServerSource(String server, String provider, Optional<Path> file, String toml) {

    /** Without the text. */
    @Override
    public String toString() {
        return server + " of " + provider + file.map(path -> " (" + path + ")").orElse("");
    }
}
