package infrarust.proxy.config;

import java.util.List;

/**
 * What the operator says about one plugin, by its metadata id. A plugin without a table has {@link #defaults()}.
 *
 * @param permissions capabilities granted beyond the baseline, as written; the loader warns about names that it cannot
 *     grant
 * @param deny capabilities taken away, baseline included; wins over permissions
 * @param enabled false skips the plugin
 * @param strictCapabilities true refuses a plugin at load that imports what it was not granted
 */
public record PluginSettings(List<String> permissions, List<String> deny, boolean enabled, boolean strictCapabilities) {

    public PluginSettings {
        permissions = List.copyOf(permissions);
        deny = List.copyOf(deny);
    }

    /** Enabled with the baseline. */
    public static PluginSettings defaults() {
        return new PluginSettings(List.of(), List.of(), true, false);
    }
}
