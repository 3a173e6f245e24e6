package infrarust.api;

import java.util.List;
import java.util.Optional;

/** The plugins of the proxy, of every kind. Any thread may ask; answers are snapshots. */
public interface PluginRegistry {

    /** Every plugin that was found: dependencies first among those that run, then as they were found. */
    List<PluginInfo> all();

    /** The plugin with that id. */
    Optional<PluginInfo> byId(String id);

    /** Whether the plugin with that id runs. */
    default boolean isEnabled(String id) {
        return byId(id).filter(PluginInfo::isEnabled).isPresent();
    }
}
