package infrarust.proxy.plugin;

import infrarust.api.PluginDependency;
import infrarust.api.PluginMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts plugins behind what they depend on (Kahn's algorithm; among equals the order in which they were found).
 *
 * <p>A missing hard dependency or a cycle refuses the plugins concerned and those that need them, nothing else. An optional
 * dependency orders too, but gives way where it would close a cycle.
 *
 * @param order the ids to be enabled, dependencies first
 * @param refused by id, why a plugin cannot be enabled
 */
record DependencyOrder(List<String> order, SequencedMap<String, String> refused) {

    /**
     * Orders plugins whose ids differ.
     *
     * @param absent ids of plugins that are there but will not run
     */
    static DependencyOrder of(List<PluginMetadata> plugins, Set<String> absent) {
        SequencedMap<String, PluginMetadata> open = new LinkedHashMap<>();
        plugins.forEach(plugin -> open.put(plugin.id(), plugin));
        List<String> order = new ArrayList<>();
        SequencedMap<String, String> refused = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            refuseWithoutDependency(open, order, absent, refused);
            Optional<PluginMetadata> next = first(
                            open, plugin -> waitsFor(plugin, open, true).isEmpty())
                    .or(() ->
                            first(open, plugin -> waitsFor(plugin, open, false).isEmpty()));
            if (next.isPresent()) {
                order.add(next.get().id());
                open.remove(next.get().id());
            } else if (!open.isEmpty()) {
                refuseCycle(open, refused);
            }
        }
        return new DependencyOrder(List.copyOf(order), refused);
    }

    /** The text for a plugin whose dependency is there but does not run. */
    static String notEnabled(String id, String dependency) {
        return "plugin '" + id + "' requires '" + dependency + "', which is not enabled";
    }

    private static void refuseWithoutDependency(
            Map<String, PluginMetadata> open, List<String> order, Set<String> absent, Map<String, String> refused) {
        boolean changed = true;
        while (changed) {
            changed = open.values().removeIf(plugin -> {
                for (PluginDependency dependency : plugin.dependencies()) {
                    String id = dependency.id();
                    if (!dependency.optional() && !open.containsKey(id) && !order.contains(id)) {
                        refused.put(
                                plugin.id(),
                                refused.containsKey(id) || absent.contains(id)
                                        ? notEnabled(plugin.id(), id)
                                        : "plugin '" + plugin.id() + "' requires '" + id + "', which was not found");
                        return true;
                    }
                }
                return false;
            });
        }
    }

    /** Follows hard dependencies until one repeats; everyone waits, so one does. */
    private static void refuseCycle(Map<String, PluginMetadata> open, Map<String, String> refused) {
        List<String> path = new ArrayList<>();
        String at = open.keySet().iterator().next();
        while (!path.contains(at)) {
            path.add(at);
            at = waitsFor(open.get(at), open, false).getFirst();
        }
        List<String> members = path.subList(path.indexOf(at), path.size());
        String circle = String.join(" -> ", members) + " -> " + at;
        for (String member : members) {
            open.remove(member);
            refused.put(member, "plugin '" + member + "' depends on itself: " + circle);
        }
    }

    private static List<String> waitsFor(PluginMetadata plugin, Map<String, PluginMetadata> open, boolean optionalToo) {
        return plugin.dependencies().stream()
                .filter(dependency -> optionalToo || !dependency.optional())
                .map(PluginDependency::id)
                .filter(open::containsKey)
                .toList();
    }

    private static Optional<PluginMetadata> first(
            Map<String, PluginMetadata> open, Predicate<PluginMetadata> condition) {
        return open.values().stream().filter(condition).findFirst();
    }
}
