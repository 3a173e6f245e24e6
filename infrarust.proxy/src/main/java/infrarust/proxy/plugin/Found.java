package infrarust.proxy.plugin;

import infrarust.api.PluginInfo;
import infrarust.api.PluginMetadata;
import infrarust.api.PluginState;

/**
 * A candidate, and the kind of its loader.
 *
 * @param candidate can be loaded
 * @param kind {@link PluginLoader#kind}
 */
record Found(PluginCandidate candidate, String kind) {

    PluginMetadata metadata() {
        return candidate.metadata();
    }

    String id() {
        return metadata().id();
    }

    PluginInfo in(PluginState state) {
        return new PluginInfo(metadata(), kind, candidate.origin(), state);
    }
}
