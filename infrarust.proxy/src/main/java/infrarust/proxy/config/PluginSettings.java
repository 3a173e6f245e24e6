package infrarust.proxy.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator says about one plugin, by its metadata id. A plugin without a table has {@link #defaults()}.
 *
 * @param permissions capabilities granted beyond the baseline, as written; the loader warns about names that it cannot
 *     grant
 * @param deny capabilities taken away, baseline included; wins over permissions
 * @param enabled false skips the plugin; when nothing is said, the plugin itself says whether it runs
 * @param strictCapabilities true refuses a plugin at load that imports what it was not granted
 * @param options every other key of the table, which is the plugin's own: String, Long, Double, Boolean, List or Map
 */
public record PluginSettings(
        List<String> permissions,
        List<String> deny,
        Optional<Boolean> enabled,
        boolean strictCapabilities,
        Map<String, Object> options) {

    public PluginSettings {
        permissions = List.copyOf(permissions);
        deny = List.copyOf(deny);
        options = Map.copyOf(options);
    }

    /** Without keys of the plugin's own. */
    public PluginSettings(List<String> permissions, List<String> deny, boolean enabled, boolean strictCapabilities) {
        this(permissions, deny, Optional.of(enabled), strictCapabilities, Map.of());
    }

    /** The baseline, and nothing else said. */
    public static PluginSettings defaults() {
        return new PluginSettings(List.of(), List.of(), Optional.empty(), false, Map.of());
    }

    /** What a WASM plugin with these settings may do: the baseline, and what is listed, without what is denied. */
    public Set<Capability> granted() {
        EnumSet<Capability> granted = EnumSet.noneOf(Capability.class);
        for (Capability one : Capability.values()) {
            boolean listed = one.grant() == Capability.Grant.OPT_IN && permissions.contains(one.key());
            if ((one.grant() == Capability.Grant.BASELINE || listed) && !deny.contains(one.key())) {
                granted.add(one);
            }
        }
        return Collections.unmodifiableSet(granted);
    }
}
