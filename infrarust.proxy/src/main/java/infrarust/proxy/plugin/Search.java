package infrarust.proxy.plugin;

import infrarust.api.PluginInfo;
import infrarust.proxy.plugin.PluginLoader.Discovery;
import infrarust.proxy.plugin.PluginLoader.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for plugins with every loader.
 *
 * @param loaders asked in this order; where two find the same id, the earlier one keeps it
 */
record Search(List<PluginLoader> loaders) {

    /**
     * Everything there is, each id once.
     *
     * @param refused told of what cannot be used
     */
    List<Found> all(Consumer<Refusal> refused) {
        List<Found> found = new ArrayList<>();
        for (PluginLoader loader : loaders) {
            Discovery discovery = loader.discover();
            discovery.refused().forEach(refused);
            found.addAll(withoutDuplicates(loader.kind(), discovery.found(), found, refused));
        }
        return found;
    }

    /** Of several with one id from one loader none is taken, since nobody knows which is meant. */
    private static List<Found> withoutDuplicates(
            String kind, List<PluginCandidate> found, List<Found> earlier, Consumer<Refusal> refused) {
        Map<String, List<String>> origins = found.stream()
                .collect(Collectors.groupingBy(
                        one -> one.metadata().id(),
                        LinkedHashMap::new,
                        Collectors.mapping(PluginCandidate::origin, Collectors.toList())));
        Map<String, Found> taken = earlier.stream().collect(Collectors.toMap(Found::id, Function.identity()));
        List<Found> unique = new ArrayList<>();
        for (PluginCandidate one : found) {
            String id = one.metadata().id();
            if (taken.containsKey(id)) {
                refused.accept(new Refusal(
                        one.origin(),
                        "the plugin id '" + id + "' is taken by "
                                + taken.get(id).candidate().origin() + "; remove one of the two"));
            } else if (origins.get(id).size() > 1) {
                refused.accept(new Refusal(one.origin(), usedTwice(id, origins.get(id))));
            } else {
                unique.add(new Found(one, kind));
            }
        }
        return unique;
    }

    private static String usedTwice(String id, List<String> origins) {
        return "the plugin id '" + id + "' is used by " + String.join(" and ", origins)
                + ", and none of them is loaded; keep one of them";
    }

    /**
     * One plugin, as it is now.
     *
     * @param before what was found the last time, if it was
     * @throws PluginRefusedException if it is not there, or not in a form that can be used
     */
    Found one(String id, Optional<PluginInfo> before) throws PluginRefusedException {
        List<Refusal> refused = new ArrayList<>();
        for (PluginLoader loader : knownFirst(before)) {
            boolean known =
                    before.filter(info -> info.kind().equals(loader.kind())).isPresent();
            String origin = known ? before.get().origin() : id + "." + loader.kind();
            Discovery discovery = loader.find(id, origin);
            if (discovery.found().size() > 1) {
                throw new PluginRefusedException(usedTwice(
                        id,
                        discovery.found().stream().map(PluginCandidate::origin).toList()));
            }
            if (!discovery.found().isEmpty()) {
                return new Found(discovery.found().getFirst(), loader.kind());
            }
            refused.addAll(discovery.refused());
        }
        if (!refused.isEmpty()) {
            throw new PluginRefusedException(refused.stream()
                    .map(one -> one.origin() + ": " + one.reason())
                    .collect(Collectors.joining("; ")));
        }
        throw new PluginRefusedException(
                before.isPresent()
                        ? "plugin '" + id + "' is not there any more: "
                                + before.get().origin() + " is gone, and no other" + " file has that id"
                        : "no plugin has the id '" + id + "'");
    }

    private List<PluginLoader> knownFirst(Optional<PluginInfo> before) {
        Map<Boolean, List<PluginLoader>> byKind = loaders.stream()
                .collect(Collectors.partitioningBy(loader ->
                        before.filter(info -> info.kind().equals(loader.kind())).isPresent()));
        return Stream.concat(byKind.get(true).stream(), byKind.get(false).stream())
                .toList();
    }
}
