package infrarust.proxy.live;

import infrarust.api.event.ConfigReloadEvent;
import infrarust.proxy.config.CombinedServers;
import infrarust.proxy.config.ConfigDiff;
import infrarust.proxy.config.ConfigException;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.ConfigWatch;
import infrarust.proxy.config.Problem;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerDocument;
import infrarust.proxy.config.ServerSource;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.routing.DomainRouter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes other configurations hold: reads, validates as a whole, asks who has to follow, swaps, tells. One change at a time; any
 * thread that may wait for files may ask. When anything is wrong, the last good configuration stays as it is, and the log says
 * what is wrong once, however often it is read.
 */
public final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    private final ConfigLoader loader;
    private final EventDispatcher events;
    private final LiveConfiguration live;

    /** By provider and name, in the order in which they came. */
    private final Map<String, ServerDocument> documents = new LinkedHashMap<>();

    /** What the log has said and need not say again as long as it is so. */
    private final Set<String> said = new LinkedHashSet<>();

    private ConfigLoader.Loaded files;
    private List<ServerSource> sources;
    private final List<Follower> followers = new ArrayList<>();
    private volatile ReloadState state = ReloadState.INITIAL;

    /**
     * @param loader reads the files
     * @param files what it has read for the start; its warnings, and those of its routes, are said elsewhere
     * @param events where changes are told
     * @param live holds the configuration of the start
     */
    public Reloads(ConfigLoader loader, ConfigLoader.Loaded files, EventDispatcher events, LiveConfiguration live) {
        this.loader = loader;
        this.files = files;
        this.sources = files.sources();
        this.events = events;
        this.live = live;
        files.warnings().forEach(warning -> said.add(warning.toString()));
        said.addAll(live.router().warnings());
    }

    /**
     * Begins to ask these too about changes, in their order. Whatever has changed since {@code known} is caught up at once.
     *
     * @param known the configuration that they were made from
     */
    @SuppressWarnings("ReferenceEquality")
    public synchronized void follow(ProxySnapshot known, List<Follower> parts) {
        followers.addAll(parts);
        ProxySnapshot present = live.snapshot();
        if (present == known) {
            return; // as at every start, where comparing each record with itself would take long
        }
        ConfigDiff diff = ConfigDiff.between(known, present, List.of());
        if (!diff.isEmpty()) {
            parts.forEach(part -> catchUp(part, diff));
        }
    }

    private void catchUp(Follower part, ConfigDiff diff) {
        try {
            part.prepare(live.snapshot(), diff).run();
        } catch (ConfigException e) { // it holds already; the next change asks again
            failed(e.problems());
        }
    }

    /** How configuration and files stand to each other. Any thread; does not wait. */
    public ReloadState state() {
        return state;
    }

    /** Where each server comes from. */
    public synchronized List<ServerSource> sources() {
        return sources;
    }

    /** What {@code infrarust.toml} said when it was read last, secrets and all; empty without one. */
    public synchronized String proxyText() {
        return files.text();
    }

    /** The files to watch. Any thread. */
    public synchronized ConfigWatch.Watched watched() {
        return loader.watched(files);
    }

    /** Reads the files, and makes what they say hold if it is good. */
    public synchronized Reloaded reload() {
        try {
            ConfigLoader.Loaded read = loader.reload(files);
            return take(read, CombinedServers.of(read, documents.values()), provider(read));
        } catch (ConfigException e) {
            return failed(e.problems());
        }
    }

    /**
     * Reads the files and says what would change, without a change.
     *
     * @throws ConfigException when they cannot be used
     */
    public synchronized ConfigDiff diff() {
        ConfigLoader.Loaded read = loader.reload(files);
        CombinedServers next = CombinedServers.of(read, documents.values());
        return ConfigDiff.between(live.snapshot(), next.snapshot(), read.restart());
    }

    /**
     * Reads the files as a start would, without a change.
     *
     * @return the warnings
     * @throws ConfigException when they cannot be used
     */
    public List<Problem> check() {
        ConfigLoader.Request request;
        synchronized (this) {
            request = files.request();
        }
        return loader.load(request).warnings();
    }

    /**
     * Adds a document of a plugin, or replaces the one of the same provider and name.
     *
     * @return what is wrong with it; then nothing has changed
     */
    synchronized List<Problem> put(ServerDocument document) {
        String key = key(document.provider(), document.name());
        Optional<ServerDocument> before = Optional.ofNullable(documents.put(key, document));
        try {
            CombinedServers next = CombinedServers.of(files, documents.values());
            List<Problem> problems = next.refused().getOrDefault(document, List.of());
            if (problems.isEmpty()) {
                take(files, next, document.provider());
                return List.of();
            }
            restore(key, before);
            return problems;
        } catch (ConfigException e) { // somebody cannot follow
            restore(key, before);
            return e.problems();
        }
    }

    private void restore(String key, Optional<ServerDocument> before) {
        before.ifPresentOrElse(document -> documents.put(key, document), () -> documents.remove(key));
    }

    /** Takes documents of a plugin away. */
    synchronized void remove(String provider, List<String> names) {
        boolean removed = false;
        for (String name : names) {
            removed |= documents.remove(key(provider, name)) != null;
        }
        if (removed) {
            try {
                take(files, CombinedServers.of(files, documents.values()), provider);
            } catch (ConfigException e) { // they are gone all the same with the next change
                failed(e.problems());
            }
        }
    }

    /** The id of the server that a document describes, if it is part of the configuration. */
    synchronized Optional<String> serverOf(ServerDocument document) {
        return sources.stream()
                .filter(source -> source.provider().equals(document.provider())
                        && source.toml().equals(document.toml()))
                .map(ServerSource::server)
                .findFirst();
    }

    private static String key(String provider, String name) {
        return provider + "/" + name;
    }

    private static String provider(ConfigLoader.Loaded read) {
        return "file@" + read.snapshot().config().serversDir().getFileName();
    }

    private Reloaded take(ConfigLoader.Loaded read, CombinedServers next, String provider) {
        List<String> restart = read.restart();
        ConfigDiff diff = ConfigDiff.between(live.snapshot(), next.snapshot(), restart);
        List<Runnable> steps = new ArrayList<>();
        for (Follower follower : followers) {
            steps.add(follower.prepare(next.snapshot(), diff));
        }
        boolean wasBroken = !state.problems().isEmpty();
        files = read;
        sources = next.sources();
        steps.forEach(Runnable::run);
        if (diff.isEmpty()) {
            warn(next, live.router());
            state = state.unchanged(restart);
            if (wasBroken) {
                LOG.info("The configuration can be used again, and says what it said");
            }
            return new Reloaded.Unchanged(diff);
        }
        DomainRouter router = DomainRouter.of(next.snapshot());
        live.swap(router);
        state = state.changed(Instant.now(), restart);
        LOG.info("Configuration changed: {}", diff.summary());
        warn(next, router);
        var _ = events.fire(new ConfigReloadEvent(
                provider,
                diff.added(),
                diff.removed(),
                List.copyOf(diff.updated().keySet())));
        return new Reloaded.Changed(diff);
    }

    /** Says what has not been said since it became so. */
    private void warn(CombinedServers next, DomainRouter router) {
        Set<String> now = new LinkedHashSet<>();
        files.warnings().forEach(warning -> now.add(warning.toString()));
        next.warnings().forEach(warning -> now.add(warning.toString()));
        next.refused().values().forEach(problems -> problems.forEach(problem -> now.add(problem.toString())));
        now.addAll(router.warnings());
        files.restart().forEach(key -> now.add("`" + key + "` has changed, and holds from the next start on"));
        now.stream().filter(text -> !said.contains(text)).forEach(LOG::warn);
        said.clear();
        said.addAll(now);
    }

    private Reloaded failed(List<Problem> problems) {
        if (!problems.equals(state.problems())) {
            problems.forEach(problem -> LOG.error("{}", problem));
            LOG.error(
                    "The changed configuration cannot be used ({}); the last good one stays",
                    problems.size() == 1 ? "1 problem" : problems.size() + " problems");
        }
        state = state.failed(problems);
        return new Reloaded.Failed(List.copyOf(problems));
    }
}
