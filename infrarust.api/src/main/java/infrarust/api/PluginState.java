package infrarust.api;

/** Whether a plugin runs, and why not. */
public sealed interface PluginState {

    /** It runs. */
    record Enabled() implements PluginState {}

    /** It is being started, stopped or reloaded. */
    record Changing() implements PluginState {}

    /**
     * It does not run because nobody wants it to.
     *
     * @param reason in a few words: the configuration, the plugin's own default, or an operator's command
     */
    record Disabled(String reason) implements PluginState {}

    /**
     * It should run and does not.
     *
     * @param reason one line for the operator
     */
    record Failed(String reason) implements PluginState {}
}
