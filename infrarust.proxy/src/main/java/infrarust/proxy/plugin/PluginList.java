package infrarust.proxy.plugin;

import infrarust.api.PluginInfo;
import infrarust.api.PluginRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Every plugin that was found, with what became of it. {@link Plugins} writes, any thread reads. */
public final class PluginList implements PluginRegistry {

    private final SequencedMap<String, PluginInfo> byId = new LinkedHashMap<>();

    /** A list without a plugin. */
    public PluginList() {}

    synchronized void note(PluginInfo info) {
        byId.put(info.metadata().id(), info);
    }

    @Override
    public synchronized List<PluginInfo> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public synchronized Optional<PluginInfo> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
