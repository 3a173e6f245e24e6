package infrarust.api.event;

import infrarust.api.PluginMetadata;

/**
 * A plugin has been disabled, and everything that it had registered is gone. Nothing waits for the listeners. When the proxy
 * stops, those hear of it that are still enabled.
 */
public record PluginDisabledEvent(PluginMetadata plugin) implements Event {}
