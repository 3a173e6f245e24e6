package infrarust.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A plugin that runs in the proxy's own process, trusted like the proxy itself: a module on the proxy's module path, or a jar in
 * the plugins folder. Found through {@link java.util.ServiceLoader}, so an implementation needs a public constructor without
 * parameters; it does its work in {@link #onEnable}, not there.
 *
 * <p>Every method is called on a virtual thread of the plugin's own. Blocking is welcome; the deadlines below count all the
 * same, and a call that overruns is interrupted.
 */
public interface Plugin {

    /**
     * Who this plugin is. Called before anything else, and for a plugin in a jar first on an instance that is thrown away, before
     * what it depends on is there; answers the same every time. Deadline 5 s.
     */
    PluginMetadata metadata();

    /**
     * Starts the plugin: subscribe, open what is needed. Called after every dependency is enabled: before the proxy accepts
     * connections, or while players are connected when the operator enables or reloads the plugin. Deadline 30 s, from the call to the completion of the stage.
     *
     * @return a stage that completes when the plugin is ready; {@link #done()} when it already is. If the stage fails, the
     *     plugin is not enabled and everything that it registered is removed
     * @throws Exception as a failed stage
     */
    CompletionStage<?> onEnable(PluginContext context) throws Exception;

    /**
     * Stops the plugin. What was registered through the context is removed afterwards, whatever this method did; only what
     * the plugin opened itself needs closing, and threads that it started need ending: its classes are given up
     * when nothing refers to them any more. Called in reverse order of dependencies. Deadline 5 s. An object is enabled and
     * disabled once; to enable the plugin again, a new one is made.
     *
     * @throws Exception logged; the plugin is removed all the same
     */
    default CompletionStage<?> onDisable() throws Exception {
        return done();
    }

    /**
     * Whether the plugin runs although the operator has not asked for it. What the operator writes, {@code [plugins.ID] enabled},
     * wins. Called once, behind {@link #metadata}, with the same deadline.
     */
    default boolean isOnByDefault() {
        return true;
    }

    /** A stage that is already complete, for plugins that have finished when they return. */
    static CompletionStage<?> done() {
        return CompletableFuture.completedStage(null);
    }
}
