package infrarust.proxy.plugin;

import java.util.List;

/** One kind of plugins: native or WASM. Used by one thread, the one that starts and stops the proxy. */
public interface PluginLoader {

    /** The kind, as logs name it. */
    String kind();

    /**
     * Looks for plugins. One that cannot be used is answered as a refusal and never keeps the others from being found. May
     * take seconds, since it compiles code and asks each plugin for its metadata.
     */
    Discovery discover();

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
    }

    /**
     * Why something is not a plugin here.
     *
     * @param origin the file or module
     * @param reason what is wrong and what to do, in one line
     */
    record Refusal(String origin, String reason) {}
}
