package infrarust.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who a plugin is.
 *
 * @param id the name that configuration, logs and other plugins use: 1 to 64 characters of {@code a-z 0-9 _ -}, the first
 *     one a letter or digit
 * @param name the name shown to people
 * @param version free text, for people
 * @param authors free text, may be empty
 * @param description one sentence, if any
 * @param dependencies the plugins to be enabled before this one
 */
public record PluginMetadata(
        String id,
        String name,
        String version,
        List<String> authors,
        Optional<String> description,
        List<PluginDependency> dependencies) {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /** @throws IllegalArgumentException if the id has another form; the message says which form is wanted */
    public PluginMetadata {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "the plugin id '" + id + "' is not allowed: use 1 to 64 of the characters"
                            + " a-z 0-9 _ -, beginning with a letter or digit");
        }
        authors = List.copyOf(authors);
        dependencies = List.copyOf(dependencies);
    }

    /** Metadata without authors, description and dependencies. */
    public PluginMetadata(String id, String name, String version) {
        this(id, name, version, List.of(), Optional.empty(), List.of());
    }

    /** Whether {@code text} has the form of a plugin id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
