package infrarust.proxy.plugin;

import infrarust.api.Plugin;
import infrarust.api.PluginDependency;
import infrarust.api.PluginState;
import infrarust.api.event.PluginDisabledEvent;
import infrarust.api.event.PluginEnabledEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which plugins run, and how one begins and ends. Used by one thread at a time, which waits for the plugins within deadlines. */
final class Lives {

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final PluginServices services;

    /** By id; dependencies were put before those that need them. */
    private final SequencedMap<String, Running> running = new LinkedHashMap<>();

    /** Of plugins that are to come back. */
    private final Map<String, KeptPlace> places = new HashMap<>();

    private record Running(Found found, Plugin plugin, PluginScope scope) {}

    Lives(PluginServices services) {
        this.services = services;
    }

    boolean isRunning(String id) {
        return running.containsKey(id);
    }

    /** The ids of those that run, dependencies first. */
    List<String> ids() {
        return List.copyOf(running.sequencedKeySet());
    }

    /** Whether that plugin runs and names the other one among its dependencies, required or optional. */
    boolean dependsOn(String id, String other) {
        Running one = running.get(id);
        return one != null
                && one.found().metadata().dependencies().stream()
                        .anyMatch(dependency -> dependency.id().equals(other));
    }

    /** From now on, what the plugin decides is denied until it is enabled again, or {@link #doWithout} says that it need not be. */
    void keepPlaceOf(String id) {
        if (!places.containsKey(id)) {
            Running one = running.get(id);
            places.put(
                    id,
                    KeptPlace.of(
                            id,
                            services.events().away(id),
                            services.filters().apply(id),
                            one == null
                                    ? OwnedFilters.Kept.NOTHING
                                    : one.scope().kept()));
        }
    }

    /** The operator does not want what the plugin decided to be denied any longer. */
    void doWithout(String id) {
        KeptPlace place = places.remove(id);
        if (place != null) {
            place.end();
        }
    }

    /** Begins it, if what it requires runs. What becomes of it is noted and logged. */
    void begin(Found found) {
        for (PluginDependency dependency : found.metadata().dependencies()) {
            if (!dependency.optional() && !running.containsKey(dependency.id())) {
                fail(found, DependencyOrder.notEnabled(found.id(), dependency.id()));
                return;
            }
        }
        long begun = System.nanoTime();
        note(found, new PluginState.Changing());
        var scope = new PluginScope(found.metadata(), services);
        try {
            Plugin plugin = found.candidate().load(scope);
            LifecycleCall.await(services.deadlines(), LifecycleCall.ENABLE, "on-enable", () -> plugin.onEnable(scope));
            running.put(found.id(), new Running(found, plugin, scope));
            doWithout(found.id());
            note(found, new PluginState.Enabled());
            LOG.info(
                    "Plugin enabled: {} {} ({}, {} ms)",
                    found.id(),
                    found.metadata().version(),
                    found.candidate().origin(),
                    (System.nanoTime() - begun) / 1_000_000);
            for (String key : scope.unaskedSettings()) {
                LOG.warn("`{}` is set, and plugin '{}' has not asked for it", key, found.id());
            }
            var _ = services.events().fire(new PluginEnabledEvent(found.metadata()));
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(found, "plugin '" + found.id() + "' was not enabled: the proxy was stopped meanwhile");
        } catch (PluginRefusedException | TimeoutException | IllegalArgumentException failure) {
            fail(found, "plugin '" + found.id() + "' was not enabled: " + failure.getMessage());
            LOG.debug("plugin '{}' failed here", found.id(), failure);
        } catch (Exception failure) { // the plugin's own code; the others go on
            fail(found, "plugin '" + found.id() + "' was not enabled: " + describe(failure));
            LOG.debug("plugin '{}' failed here", found.id(), failure);
        }
        scope.close();
    }

    /** Ends it and removes everything that it has registered; does nothing if it does not run. */
    void end(String id, PluginState then) {
        Running one = running.remove(id);
        if (one == null) {
            return;
        }
        note(one.found(), new PluginState.Changing());
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
        note(one.found(), then);
        var _ = services.events().fire(new PluginDisabledEvent(one.found().metadata()));
    }

    /** Notes and logs that it does not run. */
    void fail(Found found, String reason) {
        found.candidate().discard();
        LOG.error("{} ({})", reason, found.candidate().origin());
        KeptPlace place = places.get(found.id());
        if (place != null && place.closesAnything()) {
            LOG.error(
                    "plugin '{}' decides who may come in, so players stay out until it runs; to do without it: plugin disable {}",
                    found.id(),
                    found.id());
        }
        note(found, new PluginState.Failed(reason));
    }

    void note(Found found, PluginState state) {
        services.list().note(found.in(state));
    }

    /** One line. An error, such as a missing class, travels wrapped. */
    private static String describe(Exception failure) {
        Throwable shown = failure.getCause() instanceof Error error ? error : failure;
        return shown.toString().lines().findFirst().orElse("unknown");
    }
}
