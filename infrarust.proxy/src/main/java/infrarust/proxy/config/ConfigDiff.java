package infrarust.proxy.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What makes one configuration another. Never holds a secret.
 *
 * @param added ids of servers that were not there
 * @param removed ids of servers that are not there any more
 * @param updated what has changed, by the ids of servers
 * @param proxy what has changed of the proxy's own
 * @param restart what has changed in the file and holds only from the next start on; by key
 */
public record ConfigDiff(
        List<String> added,
        List<String> removed,
        Map<String, List<ChangedSetting>> updated,
        List<ChangedSetting> proxy,
        List<String> restart) {

    public ConfigDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        updated = Collections.unmodifiableMap(new LinkedHashMap<>(updated));
        proxy = List.copyOf(proxy);
        restart = List.copyOf(restart);
    }

    /** No change at all. */
    public static ConfigDiff none() {
        return new ConfigDiff(List.of(), List.of(), Map.of(), List.of(), List.of());
    }

    /** From one to the other. */
    public static ConfigDiff between(ProxySnapshot before, ProxySnapshot after, List<String> restart) {
        List<String> added = new ArrayList<>();
        Map<String, List<ChangedSetting>> updated = new LinkedHashMap<>();
        for (ServerConfig server : after.servers()) {
            Optional<ServerConfig> was = before.server(server.id());
            if (was.isEmpty()) {
                added.add(server.id());
            } else if (!was.get().equals(server)) {
                updated.put(server.id(), SettingNames.changed(was.get(), server));
            }
        }
        List<String> removed = before.servers().stream()
                .map(ServerConfig::id)
                .filter(id -> after.server(id).isEmpty())
                .toList();
        return new ConfigDiff(added, removed, updated, SettingNames.changed(before.config(), after.config()), restart);
    }

    /** Whether nothing changes in the proxy that runs. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && updated.isEmpty() && proxy.isEmpty();
    }

    /** In one line, with the keys and without the values. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        if (!added.isEmpty()) {
            parts.add("added " + String.join(", ", added));
        }
        if (!removed.isEmpty()) {
            parts.add("removed " + String.join(", ", removed));
        }
        if (!updated.isEmpty()) {
            parts.add("updated "
                    + updated.entrySet().stream()
                            .map(entry -> entry.getKey() + " (" + keys(entry.getValue()) + ")")
                            .collect(Collectors.joining(", ")));
        }
        if (!proxy.isEmpty()) {
            parts.add("changed " + keys(proxy));
        }
        return parts.isEmpty() ? "nothing has changed" : String.join("; ", parts);
    }

    private static String keys(List<ChangedSetting> changes) {
        return changes.stream().map(ChangedSetting::key).collect(Collectors.joining(", "));
    }

    /** Each change in a line of its own, with the values, for who asks. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        added.forEach(id -> lines.add("+ server " + id));
        removed.forEach(id -> lines.add("- server " + id));
        updated.forEach((id, changes) -> changes.forEach(change -> lines.add("~ server " + id + ", " + change)));
        proxy.forEach(change -> lines.add("~ " + change));
        restart.forEach(key -> lines.add("! " + key + " has changed and needs a restart"));
        return lines;
    }
}
