package infrarust.api.config;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The configuration that holds now. Any thread may ask; what is read is in memory and holds for the moment, since operators
 * change configurations while the proxy runs ({@link infrarust.api.event.ConfigReloadEvent} tells).
 *
 * <p>Secrets (keys such as {@code password}, {@code token}, {@code api_key}) are {@code <redacted>} wherever they stand, and the
 * settings of other plugins are left out. Texts are written anew: comments and the order of tables are not those of the file.
 */
public interface ConfigService {

    /** Every server's document, in the order of the configuration. */
    List<ServerDocument> documents();

    /** The document of the server of that id. */
    Optional<ServerDocument> document(String server);

    /** What {@code infrarust.toml} says; empty when there is no such file. */
    String proxyDocument();

    /**
     * One setting of {@code infrarust.toml}: a text as it is, anything else as TOML writes it.
     *
     * @param key with dots, for example {@code rate_limit.window}
     * @return empty when the file does not give it, or it belongs to another plugin
     */
    Optional<String> value(String key);

    /** The id of the server to which a host name leads, as the routing sees it. */
    Optional<String> serverFor(String host);

    /**
     * Reads the files again, now. The proxy notices changes by itself within seconds; this is for who has just written some.
     *
     * @return completes on any thread, never exceptionally
     */
    CompletionStage<ReloadOutcome> reload();

    /**
     * Opens a source of servers that belongs to the plugin; its documents go with it, at the latest when the plugin is disabled.
     *
     * @param name tells the plugin's sources apart: 1 to 64 characters of {@code a-z 0-9 _ -}
     * @throws IllegalArgumentException if the name has another form, or the plugin has an open source of that name
     * @throws IllegalStateException if the plugin is disabled
     */
    ConfigProvider provide(String name);
}
