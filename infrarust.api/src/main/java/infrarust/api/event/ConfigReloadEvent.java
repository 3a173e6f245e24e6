package infrarust.api.event;

import java.util.List;

/**
 * Another configuration holds: for connections and changes of servers that begin now, while sessions keep what they began with.
 * Nothing waits for the listeners.
 *
 * @param provider whose change it was: {@code file@} and the folder's name, or a plugin's id, {@code @} and the name of its source
 * @param added ids of servers that are new
 * @param removed ids of servers that are gone
 * @param updated ids of servers that are not what they were; all three are empty when only the proxy's own settings have changed
 */
public record ConfigReloadEvent(String provider, List<String> added, List<String> removed, List<String> updated)
        implements Event {

    public ConfigReloadEvent {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        updated = List.copyOf(updated);
    }
}
