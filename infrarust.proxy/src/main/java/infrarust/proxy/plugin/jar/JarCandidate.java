package infrarust.proxy.plugin.jar;

import infrarust.api.Plugin;
import infrarust.api.PluginDependency;
import infrarust.api.PluginMetadata;
import infrarust.proxy.plugin.PluginCandidate;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.proxy.plugin.PluginScope;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A jar that has said who it is.
 *
 * @param jar the jar; its copy belongs to the plugin once it is loaded
 * @param metadata what it said
 * @param isOnByDefault what it said
 * @param loaded modules of the plugins that are loaded now, by id
 */
record JarCandidate(PluginJar jar, PluginMetadata metadata, boolean isOnByDefault, Map<String, JarModule> loaded)
        implements PluginCandidate {

    @Override
    public String origin() {
        return jar.origin();
    }

    @Override
    public void discard() {
        Copies.remove(jar.copy());
    }

    @Override
    public Plugin load(PluginScope scope) throws PluginRefusedException {
        var _ = scope.own(() -> this::discard);
        List<JarModule> parents = new ArrayList<>();
        for (PluginDependency dependency : metadata.dependencies()) {
            Optional.ofNullable(loaded.get(dependency.id())).ifPresent(parents::add);
        }
        JarModule module = JarModule.define(jar, parents, ModuleFinder.of());
        var _ = scope.own(() -> {
            loaded.put(metadata.id(), module);
            return () -> loaded.remove(metadata.id());
        });
        return new AtHome(module);
    }
}
