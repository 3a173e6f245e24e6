package infrarust.api;

/**
 * A plugin that was found, and what became of it.
 *
 * @param metadata who it is
 * @param kind {@code native} for a module of the proxy itself, {@code jar} or {@code wasm}
 * @param origin the file or module that it comes from, for people
 * @param state whether it runs
 */
public record PluginInfo(PluginMetadata metadata, String kind, String origin, PluginState state) {

    /** Whether it runs. */
    public boolean isEnabled() {
        return state instanceof PluginState.Enabled;
    }
}
