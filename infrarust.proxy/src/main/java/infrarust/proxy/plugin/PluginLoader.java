package infrarust.proxy.plugin;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One kind of plugins: native, jar or WASM. Used by one thread at a time, which may compile and wait. */
public interface PluginLoader {

    /** The kind, as logs name it. */
    String kind();

    /**
     * Looks for plugins. One that cannot be used is answered as a refusal and never keeps the others from being found. May
     * take seconds, since it compiles code and asks each plugin for its metadata.
     *
     * @param wanted by its origin, whether a thing is to be looked at
     */
    Discovery look(Predicate<String> wanted);

    /** Looks at everything. */
    default Discovery discover() {
        return look(origin -> true);
    }

    /**
     * Looks again for one plugin, whose file may have changed since.
     *
     * @param id the plugin's id
     * @param origin where it was found last, or what an operator would call its file; nothing else is looked at if it is there
     * @return under {@code found} what has that id; under {@code refused} what may have been meant
     */
    default Discovery find(String id, String origin) {
        Discovery there = look(origin::equals).only(id);
        if (!there.found().isEmpty()) {
            return there;
        }
        return new Discovery(look(other -> !origin.equals(other)).only(id).found(), there.refused());
    }

    /** Gives up what the loader itself holds, when the last of its plugins has stopped. */
    default void close() {}

    /**
     * What was found, both in the order in which it was found.
     *
     * @param found plugins that can be loaded
     * @param refused things that look like plugins and cannot be
     */
    record Discovery(List<PluginCandidate> found, List<Refusal> refused) {

        public Discovery {
            found = List.copyOf(found);
            refused = List.copyOf(refused);
        }

        /** The same without plugins of other ids, which are given up. */
        private Discovery only(String id) {
            Map<Boolean, List<PluginCandidate>> bySense = found.stream()
                    .collect(
                            Collectors.partitioningBy(one -> one.metadata().id().equals(id)));
            bySense.get(false).forEach(PluginCandidate::discard);
            return new Discovery(bySense.get(true), refused);
        }
    }

    /**
     * Why something is not a plugin here.
     *
     * @param origin the file or module
     * @param reason what is wrong and what to do, in one line
     */
    record Refusal(String origin, String reason) {}
}
