package infrarust.proxy.plugin;

import infrarust.api.Plugin;
import infrarust.api.PluginMetadata;
import infrarust.proxy.event.Deadlines;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Plugins that are modules on the module path, found by {@link ServiceLoader}. Their code is part of the proxy: looking for one
 * again makes a new object of the same class.
 */
public final class NativePluginLoader implements PluginLoader {

    private final List<ServiceLoader.Provider<Plugin>> providers;
    private final Deadlines deadlines;

    NativePluginLoader(List<ServiceLoader.Provider<Plugin>> providers, Deadlines deadlines) {
        this.providers = providers;
        this.deadlines = deadlines;
    }

    /** Looks at the modules that the proxy was started with. */
    public static NativePluginLoader onModulePath(Deadlines deadlines) {
        return new NativePluginLoader(
                ServiceLoader.load(ModuleLayer.boot(), Plugin.class).stream().toList(), deadlines);
    }

    @Override
    public String kind() {
        return "native";
    }

    @Override
    public Discovery look(Predicate<String> wanted) {
        List<PluginCandidate> found = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (var provider : providers) {
            Class<? extends Plugin> type = provider.type();
            String origin = type.getModule().isNamed()
                    ? "module " + type.getModule().getName() + ", " + type.getSimpleName()
                    : type.getName();
            if (!wanted.test(origin)) {
                continue;
            }
            try {
                Loaded loaded = LifecycleCall.await(deadlines, LifecycleCall.METADATA, "metadata", () -> {
                    Plugin plugin = provider.get();
                    return CompletableFuture.completedStage(
                            new Loaded(plugin, plugin.metadata(), plugin.isOnByDefault(), origin));
                });
                found.add(loaded);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                refused.add(new Refusal(origin, "the proxy was stopped while it looked for plugins"));
            } catch (Exception failure) { // the plugin's own constructor or metadata(); the others go on
                refused.add(new Refusal(origin, "it cannot say who it is: " + failure));
            }
        }
        return new Discovery(found, refused);
    }

    private record Loaded(Plugin plugin, PluginMetadata metadata, boolean isOnByDefault, String origin)
            implements PluginCandidate {

        @Override
        public Plugin load(PluginScope scope) {
            return plugin;
        }
    }
}
