package infrarust.proxy.plugin.jar;

import infrarust.proxy.event.Deadlines;
import infrarust.proxy.plugin.LifecycleCall;
import infrarust.proxy.plugin.PluginCandidate;
import infrarust.proxy.plugin.PluginLoader;
import infrarust.proxy.plugin.PluginRefusedException;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Finds plugins that are jars in the plugins folder. Each is copied, defined once in a layer that is thrown away to ask the
 * plugin who it is, and defined anew in a layer of its own, on top of those of its dependencies, when it is loaded.
 */
public final class JarPluginLoader implements PluginLoader {

    private final Path folder;
    private final Deadlines deadlines;
    private final Copies copies;

    /** Modules of the plugins that are loaded now, by id. A plugin's scope takes it out. */
    private final Map<String, JarModule> loaded = new HashMap<>();

    /** @param folder the plugins folder, which need not be there */
    public JarPluginLoader(Path folder, Deadlines deadlines) {
        this.folder = folder;
        this.deadlines = deadlines;
        this.copies = new Copies(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Override
    public String kind() {
        return "jar";
    }

    /** Opens all files, since those that are not looked at help the others to be understood. */
    @Override
    public Discovery look(Predicate<String> wanted) {
        List<PluginCandidate> found = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        Map<Path, PluginJar> jars = new LinkedHashMap<>();
        List<Path> files = List.of();
        try {
            files = JarFolder.list(folder);
        } catch (IOException failure) {
            refused.add(
                    new Refusal(String.valueOf(folder), "the plugins folder cannot be read: " + failure.getMessage()));
        }
        if (!files.isEmpty()) {
            // Else a jar that was looked into through a URL stays open, and in memory, for ever.
            URLConnection.setDefaultUseCaches("jar", false);
        }
        for (Path file : files) {
            try {
                jars.put(file, PluginJar.open(file, copies));
            } catch (PluginRefusedException refusal) {
                String origin = String.valueOf(file.getFileName());
                if (wanted.test(origin)) {
                    refused.add(new Refusal(origin, String.valueOf(refusal.getMessage())));
                }
            }
        }
        for (PluginJar jar : jars.values()) {
            if (!wanted.test(jar.origin())) {
                continue;
            }
            try {
                found.add(introduce(jar, jars.values()));
            } catch (PluginRefusedException refusal) {
                refused.add(new Refusal(jar.origin(), String.valueOf(refusal.getMessage())));
            }
        }
        for (PluginJar jar : jars.values()) {
            if (found.stream().noneMatch(one -> one.origin().equals(jar.origin()))) {
                Copies.remove(jar.copy());
            }
        }
        return new Discovery(found, refused);
    }

    /** Asks a plugin who it is, in a layer with what its module requires of others. */
    private PluginCandidate introduce(PluginJar jar, Iterable<PluginJar> all) throws PluginRefusedException {
        List<ModuleFinder> others = new ArrayList<>();
        all.forEach(other -> {
            if (!other.equals(jar)) {
                others.add(other.finder(List.of()));
            }
        });
        ModuleFinder beside = ModuleFinder.compose(others.toArray(ModuleFinder[]::new));
        var plugin = new AtHome(JarModule.define(jar, List.of(), beside));
        try {
            AtHome.Introduction said = LifecycleCall.await(
                    deadlines,
                    LifecycleCall.METADATA,
                    "metadata",
                    () -> CompletableFuture.completedStage(plugin.introduction()));
            return new JarCandidate(jar, said.metadata(), said.isOnByDefault(), loaded);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PluginRefusedException("the proxy was stopped while it looked for plugins");
        } catch (PluginRefusedException refused) {
            throw refused;
        } catch (TimeoutException late) {
            throw new PluginRefusedException("it cannot say who it is: " + late.getMessage());
        } catch (Exception failure) { // the plugin's own code; the others go on
            if (failure.getCause() instanceof LinkageError missing) {
                throw Refusals.of(missing);
            }
            throw new PluginRefusedException("it cannot say who it is: " + failure);
        }
    }

    @Override
    public void close() {
        copies.close();
    }
}
