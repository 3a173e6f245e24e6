package infrarust.proxy.plugin;

import infrarust.api.PluginInfo;
import infrarust.api.PluginState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a running proxy. {@link #start} is called before the proxy accepts connections and before it fires {@code
 * ProxyInitializeEvent}; {@link #stop} after it has fired {@code ProxyShutdownEvent}. Between them operators may enable, disable
 * and reload plugins, one change after the other. All of these wait for the plugins, within deadlines, and are called on a
 * platform thread that is no event loop: engines compile on it.
 *
 * <p>Whatever is wrong with one plugin costs that plugin and those that require it, is logged in one line that names it, and
 * lets the others go on. While a plugin is away that is to come back, what it decides is denied.
 */
public final class Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final List<PluginLoader> loaders;
    private final Search search;
    private final PluginServices services;
    private final Lives lives;

    /** Held during each change. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Guarded by {@link #changing}. */
    private boolean stopped;

    private Plugins(List<? extends PluginLoader> loaders, PluginServices services) {
        this.loaders = List.copyOf(loaders);
        this.search = new Search(this.loaders);
        this.services = services;
        this.lives = new Lives(services);
    }

    /**
     * Finds, orders and enables every plugin.
     *
     * @param loaders asked in this order; where two find the same id, the earlier one keeps it
     */
    public static Plugins start(List<? extends PluginLoader> loaders, PluginServices services) {
        var plugins = new Plugins(loaders, services);
        plugins.changing.lock();
        try {
            plugins.enableAll(plugins.search.all(
                    refusal -> LOG.error("plugin {} refused: {}", refusal.origin(), refusal.reason())));
        } finally {
            plugins.changing.unlock();
        }
        return plugins;
    }

    /** Every plugin that was found, with what became of it: by dependency, then as found. Any thread may ask. */
    public List<PluginInfo> list() {
        return services.list().all();
    }

    /** The ids of the plugins that run, dependencies first. Any thread may ask. */
    public List<String> enabled() {
        return list().stream()
                .filter(PluginInfo::isEnabled)
                .map(info -> info.metadata().id())
                .toList();
    }

    /**
     * Starts a plugin that does not run, from its file as it is now; also one that has been put into the folder since.
     *
     * @return what became of it
     * @throws PluginRefusedException if it runs already, or there is no such plugin that could be started; the text says what to do
     */
    public PluginInfo enable(String id) throws PluginRefusedException {
        return change(() -> {
            if (lives.isRunning(id)) {
                throw new PluginRefusedException(
                        "plugin '" + id + "' runs already; to start it anew: plugin reload " + id);
            }
            lives.begin(search.one(id, services.list().byId(id)));
            return known(id);
        });
    }

    /**
     * Stops a plugin until it is enabled again or the proxy starts anew. What it decided is not decided any more.
     *
     * @param withDependants whether those that depend on it are stopped too; those that can do without it are started again
     * @return what became of it and of its dependants
     * @throws PluginRefusedException if there is no such plugin, it does not run, or others that run depend on it
     */
    public List<PluginInfo> disable(String id, boolean withDependants) throws PluginRefusedException {
        return change(() -> {
            PluginInfo before = known(id);
            if (!lives.isRunning(id)) {
                lives.doWithout(id); // what it decided may have been denied since it failed to come back
                services.list().note(new PluginInfo(before.metadata(), before.kind(), before.origin(), byOperator()));
                return List.of(known(id));
            }
            List<String> others = dependants(id, withDependants);
            others.forEach(lives::keepPlaceOf);
            others.reversed().forEach(other -> lives.end(other, new PluginState.Changing()));
            lives.end(id, byOperator());
            lives.doWithout(id);
            others.forEach(this::beginAgain);
            others.forEach(lives::doWithout);
            return infos(id, others);
        });
    }

    /**
     * Starts a plugin anew from its file as it is now, while players are connected. When the file cannot be used, the
     * plugin that runs goes on and nothing else happens.
     *
     * @param withDependants whether those that depend on it are started anew too
     * @return what became of it and of its dependants
     * @throws PluginRefusedException if there is no such plugin, its file cannot be used, or others that run depend on it
     */
    public List<PluginInfo> reload(String id, boolean withDependants) throws PluginRefusedException {
        return change(() -> {
            List<String> others = dependants(id, withDependants);
            Found again = search.one(id, Optional.of(known(id)));
            lives.keepPlaceOf(id);
            others.forEach(lives::keepPlaceOf);
            others.reversed().forEach(other -> lives.end(other, new PluginState.Changing()));
            lives.end(id, new PluginState.Changing());
            lives.begin(again);
            others.forEach(this::beginAgain);
            return infos(id, others);
        });
    }

    /** Disables every plugin, dependants first, and removes everything that they have registered. */
    public void stop() {
        changing.lock();
        try {
            stopped = true;
            lives.ids().reversed().forEach(id -> lives.end(id, new PluginState.Disabled("the proxy stops")));
            loaders.forEach(PluginLoader::close);
        } finally {
            changing.unlock();
        }
    }

    private interface Change<T> {

        T make() throws PluginRefusedException;
    }

    private <T> T change(Change<T> change) throws PluginRefusedException {
        changing.lock();
        try {
            if (stopped) {
                throw new PluginRefusedException("the proxy stops");
            }
            return change.make();
        } finally {
            changing.unlock();
        }
    }

    private static PluginState byOperator() {
        return new PluginState.Disabled("by an operator");
    }

    private PluginInfo known(String id) throws PluginRefusedException {
        return services.list()
                .byId(id)
                .orElseThrow(() -> new PluginRefusedException("there is no plugin '" + id + "'; "
                        + (list().isEmpty()
                                ? "there are none"
                                : "there are "
                                        + list().stream()
                                                .map(info -> info.metadata().id())
                                                .collect(Collectors.joining(", ")))));
    }

    private List<PluginInfo> infos(String id, List<String> others) throws PluginRefusedException {
        List<PluginInfo> infos = new ArrayList<>(List.of(known(id)));
        for (String other : others) {
            infos.add(known(other));
        }
        return infos;
    }

    /** Those that run and depend on it, directly or not, dependencies first. */
    private List<String> dependants(String id, boolean asked) throws PluginRefusedException {
        SequencedSet<String> found = new LinkedHashSet<>();
        for (String each : lives.ids()) { // in this order each one comes behind what it depends on
            if (lives.dependsOn(each, id) || found.stream().anyMatch(other -> lives.dependsOn(each, other))) {
                found.add(each);
            }
        }
        if (!found.isEmpty() && !asked) {
            throw new PluginRefusedException("plugin '" + id + "' is used by " + String.join(", ", found)
                    + "; add --with-dependants to include " + (found.size() == 1 ? "it" : "them"));
        }
        return List.copyOf(found);
    }

    private void beginAgain(String id) {
        Optional<PluginInfo> before = services.list().byId(id);
        try {
            lives.begin(search.one(id, before));
        } catch (PluginRefusedException refused) {
            LOG.error("plugin '{}' was not enabled again: {}", id, refused.getMessage());
            before.ifPresent(info -> services.list()
                    .note(new PluginInfo(
                            info.metadata(),
                            info.kind(),
                            info.origin(),
                            new PluginState.Failed(String.valueOf(refused.getMessage())))));
        }
    }

    private boolean isSwitchedOn(Found found) {
        Optional<Boolean> said = services.settings().apply(found.id()).enabled();
        boolean on = said.orElse(found.candidate().isOnByDefault());
        if (said.isPresent() && !on) {
            LOG.info("plugin '{}' is switched off by [plugins.{}] enabled = false", found.id(), found.id());
            lives.note(found, new PluginState.Disabled("[plugins." + found.id() + "] enabled = false"));
        } else if (!on) {
            lives.note(found, new PluginState.Disabled("off unless [plugins." + found.id() + "] enabled = true"));
        }
        if (!on) {
            found.candidate().discard();
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
            lives.begin(byId.get(id));
        }
        order.refused().forEach((id, reason) -> lives.fail(byId.get(id), reason));
    }
}
