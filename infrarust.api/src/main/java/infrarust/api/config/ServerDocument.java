package infrarust.api.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the configuration says of one server.
 *
 * @param server its id
 * @param provider who says it: {@code file@} and the folder's name, or a plugin's id, {@code @} and the name of its source
 * @param file where, if it is a file
 * @param toml in the words of a server file, without secrets
 */
public record ServerDocument(String server, String provider, Optional<Path> file, String toml) {}
