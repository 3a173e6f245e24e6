package infrarust.proxy.plugin;

import infrarust.api.Plugin;
import infrarust.api.PluginMetadata;

/** A plugin that was found and not started yet. Used by one thread at a time. */
public interface PluginCandidate {

    /** What the plugin says about itself. */
    PluginMetadata metadata();

    /** Where it comes from, for people: a file or a module. */
    String origin();

    /** Whether it runs when the operator has said nothing about it. */
    default boolean isOnByDefault() {
        return true;
    }

    /**
     * Makes the plugin, ready to be enabled. What it needs while it lives is owned by the scope, so that closing the scope
     * frees it.
     *
     * @throws PluginRefusedException if it cannot be made; the message says what is wrong and what to do
     */
    Plugin load(PluginScope scope) throws PluginRefusedException;

    /** Gives up what was kept for loading it: it will not be loaded. Does nothing the second time. */
    default void discard() {}
}
