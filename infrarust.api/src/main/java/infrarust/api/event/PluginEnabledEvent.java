package infrarust.api.event;

import infrarust.api.PluginMetadata;

/**
 * A plugin has been enabled. At start this comes before the proxy accepts connections, for each plugin in turn; those that were
 * enabled before it hear of it. Nothing waits for the listeners.
 */
public record PluginEnabledEvent(PluginMetadata plugin) implements Event {}
