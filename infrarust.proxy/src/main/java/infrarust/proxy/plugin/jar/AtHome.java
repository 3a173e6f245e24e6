package infrarust.proxy.plugin.jar;

import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.proxy.plugin.PluginRefusedException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that is called with its own class loader as the thread's, since libraries in its jar look for their services there. The
 * plugin is made at the first call, on the thread of that call.
 */
final class AtHome implements Plugin {

    private final JarModule module;
    private @Nullable Plugin plugin;

    AtHome(JarModule module) {
        this.module = module;
    }

    private synchronized Plugin plugin() throws PluginRefusedException {
        if (plugin == null) {
            plugin = module.make();
        }
        return plugin;
    }

    private <T> T atHome(Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(module.module().getClassLoader());
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Both things that are asked of a plugin before it is loaded. */
    record Introduction(PluginMetadata metadata, boolean isOnByDefault) {}

    Introduction introduction() throws Exception {
        return atHome(() -> new Introduction(plugin().metadata(), plugin().isOnByDefault()));
    }

    @Override
    public PluginMetadata metadata() {
        throw new UnsupportedOperationException("asked before it is loaded");
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) throws Exception {
        return atHome(() -> plugin().onEnable(context));
    }

    @Override
    public CompletionStage<?> onDisable() throws Exception {
        return atHome(() -> plugin().onDisable());
    }
}
