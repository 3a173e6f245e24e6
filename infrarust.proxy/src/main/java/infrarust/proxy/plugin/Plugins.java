package infrarust.proxy.plugin;

import infrarust.api.Plugin;
import infrarust.api.PluginDependency;
import infrarust.api.PluginMetadata;
import infrarust.proxy.plugin.PluginLoader.Discovery;
import infrarust.proxy.plugin.PluginLoader.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a running proxy. {@link #start} is called before the proxy accepts connections and before it fires {@code
 * ProxyInitializeEvent}; {@link #stop} after it has fired {@code ProxyShutdownEvent}. Both wait for the plugins, within
 * deadlines, and are called by one thread that is no event loop.
 *
 * <p>Whatever is wrong with one plugin costs that plugin and those that require it, is logged in one line that names it, and
 * lets the others start.
 */
public final class Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final List<PluginLoader> loaders;
    private final PluginServices services;
    private final SequencedMap<String, Running> running = new LinkedHashMap<>();
    private final SequencedMap<String, PluginStatus> statuses = new LinkedHashMap<>();

    private record Found(PluginCandidate candidate, String kind) {

        PluginMetadata metadata() {
            return candidate.metadata();
        }

        String id() {
            return metadata().id();
        }
    }

    private record Running(Plugin plugin, PluginScope scope) {}

    private Plugins(List<? extends PluginLoader> loaders, PluginServices services) {
        this.loaders = List.copyOf(loaders);
        this.services = services;
    }

    /**
     * Finds, orders and enables every plugin.
     *
     * @param loaders asked in this order; where two find the same id, the earlier one keeps it
     */
    public static Plugins start(List<? extends PluginLoader> loaders, PluginServices services) {
        var plugins = new Plugins(loaders, services);
        List<Found> found = new ArrayList<>();
        for (PluginLoader loader : loaders) {
            Discovery discovery = loader.discover();
            discovery.refused().forEach(Plugins::logRefusal);
            found.addAll(plugins.withoutDuplicates(loader.kind(), discovery.found(), found));
        }
        plugins.enableAll(found);
        return plugins;
    }

    /** Every plugin that was found, with what became of it: by dependency, then as found. Any thread may ask. */
    public List<PluginStatus> list() {
        synchronized (statuses) {
            return List.copyOf(statuses.values());
        }
    }

    /** The ids of the plugins that run, dependencies first. */
    public List<String> enabled() {
        return list().stream()
                .filter(status -> status.state() instanceof PluginStatus.State.Enabled)
                .map(status -> status.metadata().id())
                .toList();
    }

    /** Disables every plugin, dependants first, and removes everything that they have registered. */
    public void stop() {
        for (String id : List.copyOf(running.sequencedKeySet()).reversed()) {
            Running one = running.remove(id);
            try {
                LifecycleCall.await(
                        services.deadlines(),
                        LifecycleCall.DISABLE,
                        "on-disable",
                        () -> one.plugin().onDisable());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (PluginRefusedException | TimeoutException failure) {
                LOG.warn("plugin '{}' did not stop cleanly: {}", id, failure.getMessage());
            } catch (Exception failure) { // the plugin's own code; its registrations go all the same
                LOG.warn("plugin '{}' did not stop cleanly: {}", id, describe(failure), failure);
            }
            one.scope().close();
        }
        loaders.forEach(PluginLoader::close);
    }

    private static void logRefusal(Refusal refusal) {
        LOG.error("plugin {} refused: {}", refusal.origin(), refusal.reason());
    }

    /** Of several with one id from one loader none is taken, since nobody knows which is meant. */
    private List<Found> withoutDuplicates(String kind, List<PluginCandidate> found, List<Found> earlier) {
        Map<String, List<String>> origins = found.stream()
                .collect(Collectors.groupingBy(
                        one -> one.metadata().id(),
                        LinkedHashMap::new,
                        Collectors.mapping(PluginCandidate::origin, Collectors.toList())));
        Map<String, Found> taken = earlier.stream().collect(Collectors.toMap(Found::id, Function.identity()));
        List<Found> unique = new ArrayList<>();
        for (PluginCandidate one : found) {
            String id = one.metadata().id();
            if (taken.containsKey(id)) {
                logRefusal(new Refusal(
                        one.origin(),
                        "the plugin id '" + id + "' is taken by "
                                + taken.get(id).candidate().origin() + "; remove one of the two"));
            } else if (origins.get(id).size() > 1) {
                logRefusal(new Refusal(
                        one.origin(),
                        "the plugin id '" + id + "' is used by " + String.join(" and ", origins.get(id))
                                + ", and none of them is loaded; keep one of them"));
            } else {
                unique.add(new Found(one, kind));
            }
        }
        return unique;
    }

    private boolean isSwitchedOn(Found found) {
        boolean on = services.settings().apply(found.id()).enabled();
        if (!on) {
            LOG.info("plugin '{}' is switched off by [plugins.{}] enabled = false", found.id(), found.id());
            note(found, new PluginStatus.State.SwitchedOff());
        }
        return on;
    }

    private void enableAll(List<Found> found) {
        Map<Boolean, List<Found>> bySwitch = found.stream().collect(Collectors.partitioningBy(this::isSwitchedOn));
        Map<String, Found> byId = found.stream().collect(Collectors.toMap(Found::id, Function.identity()));
        var order = DependencyOrder.of(
                bySwitch.get(true).stream().map(Found::metadata).toList(),
                bySwitch.get(false).stream().map(Found::id).collect(Collectors.toSet()));
        for (String id : order.order()) {
            enable(byId.get(id));
        }
        order.refused().forEach((id, reason) -> fail(byId.get(id), reason));
    }

    private void enable(Found found) {
        for (PluginDependency dependency : found.metadata().dependencies()) {
            if (!dependency.optional() && !running.containsKey(dependency.id())) {
                fail(found, DependencyOrder.notEnabled(found.id(), dependency.id()));
                return;
            }
        }
        long begun = System.nanoTime();
        var scope = new PluginScope(found.metadata(), services);
        try {
            Plugin plugin = found.candidate().load(scope);
            LifecycleCall.await(services.deadlines(), LifecycleCall.ENABLE, "on-enable", () -> plugin.onEnable(scope));
            running.put(found.id(), new Running(plugin, scope));
            note(found, new PluginStatus.State.Enabled());
            LOG.info(
                    "Plugin enabled: {} {} ({}, {} ms)",
                    found.id(),
                    found.metadata().version(),
                    found.candidate().origin(),
                    (System.nanoTime() - begun) / 1_000_000);
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(found, "plugin '" + found.id() + "' was not enabled: the proxy was stopped meanwhile");
        } catch (PluginRefusedException | TimeoutException failure) {
            fail(found, "plugin '" + found.id() + "' was not enabled: " + failure.getMessage());
        } catch (Exception failure) { // the plugin's own code; the others go on
            fail(found, "plugin '" + found.id() + "' was not enabled: " + describe(failure));
            LOG.debug("plugin '{}' failed here", found.id(), failure);
        }
        scope.close();
    }

    private void fail(Found found, String reason) {
        LOG.error("{} ({})", reason, found.candidate().origin());
        note(found, new PluginStatus.State.Failed(reason));
    }

    /** One line. An error, such as a missing class, travels wrapped. */
    private static String describe(Exception failure) {
        Throwable shown = failure.getCause() instanceof Error error ? error : failure;
        return shown.toString().lines().findFirst().orElse("unknown");
    }

    private void note(Found found, PluginStatus.State state) {
        synchronized (statuses) {
            statuses.put(
                    found.id(),
                    new PluginStatus(
                            found.metadata(), found.kind(), found.candidate().origin(), state));
        }
    }
}
