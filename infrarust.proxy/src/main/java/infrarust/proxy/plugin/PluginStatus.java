package infrarust.proxy.plugin;

import infrarust.api.PluginMetadata;

/**
 * What became of a plugin that was found.
 *
 * @param metadata who it is
 * @param kind which loader found it
 * @param origin file or module
 * @param state what became of it
 */
public record PluginStatus(PluginMetadata metadata, String kind, String origin, State state) {

    /** Runs, or why not. */
    public sealed interface State {

        /** It runs. */
        record Enabled() implements State {}

        /** The operator has switched it off. */
        record SwitchedOff() implements State {}

        /**
         * It does not run.
         *
         * @param reason one line for the operator
         */
        record Failed(String reason) implements State {}
    }
}
