package infrarust.proxy;

import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.plugin.NativePluginLoader;
import infrarust.proxy.plugin.PluginServices;
import infrarust.proxy.plugin.Plugins;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.wasm.ComponentSource;
import infrarust.proxy.wasm.WasmPluginLoader;
import infrarust.proxy.wasm.contract023.Contract023;
import java.util.List;

/** Joins the plugin rooms: which kinds of plugins there are, and which versions of the contract are served. */
final class PluginWiring {

    private PluginWiring() {}

    /**
     * Starts every plugin, before the proxy accepts connections. Waits for them.
     *
     * @param embedded components that come with the proxy; none when there is a configuration
     * @param deadlines the clock of {@code events}; stays open until {@link Plugins#stop} has returned
     */
    static Plugins start(
            ProxyConfig config,
            List<ComponentSource> embedded,
            EventDispatcher events,
            OnlinePlayers players,
            Deadlines deadlines) {
        return Plugins.start(
                List.of(
                        NativePluginLoader.onModulePath(deadlines),
                        new WasmPluginLoader(config, List.of(new Contract023()), embedded, deadlines)),
                new PluginServices(events, players, deadlines, config.pluginsDir(), config::plugin));
    }
}
