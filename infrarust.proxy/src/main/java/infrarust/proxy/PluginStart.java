package infrarust.proxy;

import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.plugin.NativePluginLoader;
import infrarust.proxy.plugin.PluginServices;
import infrarust.proxy.plugin.Plugins;
import infrarust.proxy.plugin.jar.JarPluginLoader;
import infrarust.proxy.wasm.WasmPluginLoader;
import infrarust.proxy.wasm.contract023.Contract023;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The start of the plugins, on a thread of its own beside that of the proxy. */
final class PluginStart {

    private final CompletableFuture<Plugins> started = new CompletableFuture<>();

    private PluginStart() {}

    /** Begins to find and enable every plugin. */
    static PluginStart begin(
            ConfigLoader.Loaded loaded, Installation installation, Deadlines deadlines, PluginServices services) {
        ProxyConfig config = withCache(loaded, installation);
        var start = new PluginStart();
        // A platform thread: engines compile on it, and some need a native stack.
        Thread.ofPlatform().name("plugins").daemon().start(() -> {
            try {
                start.started.complete(Plugins.start(
                        List.of(
                                NativePluginLoader.onModulePath(deadlines),
                                new JarPluginLoader(config.pluginsDir(), deadlines),
                                new WasmPluginLoader(
                                        config,
                                        List.of(new Contract023()),
                                        EmbeddedPlugins.of(loaded, installation),
                                        deadlines)),
                        services));
            } catch (Throwable e) { // whatever it was, the thread that waits must hear of it
                start.started.completeExceptionally(e);
            }
        });
        return start;
    }

    /** Without a configuration the working directory stays clean: compiled code goes where the launcher keeps such. */
    private static ProxyConfig withCache(ConfigLoader.Loaded loaded, Installation installation) {
        ProxyConfig config = loaded.snapshot().config();
        return installation
                .cache()
                .filter(cache -> loaded.file().isEmpty())
                .map(cache -> config.toBuilder()
                        .wasm(config.wasm().cacheDir(cache.resolve("wasm")))
                        .build())
                .orElse(config);
    }

    /** Waits until every plugin runs or does not; each of their steps has a deadline of its own. */
    Plugins await() throws StartException, InterruptedException {
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new StartException("the plugins cannot be started: " + e.getCause(), e);
        }
    }

    /** Stops those that run, when the start is over. */
    void stop() {
        GracefulStop.stop(started);
    }
}
