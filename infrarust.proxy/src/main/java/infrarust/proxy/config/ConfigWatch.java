package infrarust.proxy.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the files of the configuration have changed, on a thread of its own. The system's notifications make it quick;
 * a look at the files each two seconds finds what they miss: network file systems, folders that became others, links that lead
 * elsewhere.
 */
public final class ConfigWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);

    /** How often the files are looked at when nothing is heard of them. */
    static final Duration POLL = Duration.ofSeconds(2);

    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    /** Where Kubernetes turns a ConfigMap over. */
    private static final String KUBERNETES = "..data";

    private final Supplier<Watched> watched;
    private final Runnable changed;
    private final Map<Path, Registered> folders = new HashMap<>();
    private final Thread thread;
    private volatile @Nullable WatchService service;
    private volatile boolean closed;

    /**
     * What is watched.
     *
     * @param files single files; need not exist
     * @param folder whose {@code .toml} files count; need not exist
     */
    public record Watched(List<Path> files, Path folder) {

        public Watched {
            files = List.copyOf(files);
        }

        /** By name, whether a change of that entry may matter. */
        boolean matters(Path entry) {
            String name = entry.toString();
            return name.endsWith(".toml")
                    || name.equals(KUBERNETES)
                    || entry.equals(folder.getFileName())
                    || files.stream().anyMatch(file -> entry.equals(file.getFileName()));
        }

        private Set<Path> folders() {
            Set<Path> all = new LinkedHashSet<>();
            Path servers = folder.toAbsolutePath();
            all.add(servers);
            // Its own folder tells when it comes, goes, or becomes another.
            all.add(parent(servers));
            files.forEach(file -> all.add(parent(file.toAbsolutePath())));
            return all;
        }

        private static Path parent(Path path) {
            Path parent = path.getParent();
            return parent == null ? path : parent;
        }
    }

    private record Registered(WatchKey key, Optional<Object> folder) {}

    /**
     * @param watched asked before each look
     * @param changed called on the thread of the watch, after changes have come to rest; one too many is possible, and one soon
     *     after the start is certain, for what changed before
     */
    public ConfigWatch(Supplier<Watched> watched, Runnable changed) {
        this.watched = watched;
        this.changed = changed;
        this.thread = Thread.ofPlatform().daemon().name("config-watch").unstarted(this::run);
    }

    /** Begins. Once. */
    public void start() {
        thread.start();
    }

    private void run() {
        try (WatchService opened = open()) {
            service = opened;
            watch(opened);
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // By close.
        } catch (IOException e) {
            LOG.debug("The watch of the configuration did not end in order", e);
        }
    }

    private static @Nullable WatchService open() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.info(
                    "The system does not tell when files change ({}); the configuration is looked at each {} s",
                    e.getMessage(),
                    POLL.toSeconds());
            return null;
        }
    }

    private void watch(@Nullable WatchService notifications) throws InterruptedException {
        var debounce = new Debounce();
        FileStates seen = new FileStates(Map.of()); // so that the first look finds a change
        long lastLook = System.nanoTime();
        if (notifications != null) {
            register(notifications);
        }
        while (!closed) {
            boolean heard = await(notifications, wait(debounce, lastLook));
            long now = System.nanoTime();
            if (!heard && wait(debounce, lastLook) > 0) {
                continue; // something else in one of the folders
            }
            if (notifications != null) {
                register(notifications);
            }
            lastLook = now;
            Watched all = watched.get();
            FileStates states = FileStates.look(all.files(), all.folder());
            if (heard || !states.equals(seen)) {
                seen = states;
                debounce.changed(now);
            }
            if (debounce.isPending() && debounce.nanosLeft(now) == 0) {
                debounce.begin();
                tell();
            }
        }
    }

    private static long wait(Debounce debounce, long lastLook) {
        long now = System.nanoTime();
        return debounce.isPending() ? debounce.nanosLeft(now) : Math.max(0, POLL.toNanos() - (now - lastLook));
    }

    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException e) { // the watch must go on
            LOG.error("The changed configuration could not be looked at", e);
        }
    }

    /** @return whether one of the files may have changed */
    private boolean await(@Nullable WatchService notifications, long nanos) throws InterruptedException {
        if (notifications == null) {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return false;
        }
        boolean heard = false;
        Watched all = watched.get();
        for (WatchKey key = notifications.poll(nanos, TimeUnit.NANOSECONDS); key != null; key = notifications.poll()) {
            for (WatchEvent<?> event : key.pollEvents()) {
                heard |= !(event.context() instanceof Path entry) || all.matters(entry);
            }
            key.reset();
        }
        return heard;
    }

    /** Hears of every folder that is there, and of those that have become others under their names. */
    private void register(WatchService notifications) {
        Set<Path> wanted = watched.get().folders();
        List.copyOf(folders.keySet()).stream()
                .filter(folder -> !wanted.contains(folder))
                .forEach(this::forget);
        for (Path folder : wanted) {
            Registered known = folders.get(folder);
            Optional<Object> key = FileStates.keyOf(folder);
            if (known != null && known.key().isValid() && known.folder().equals(key)) {
                continue;
            }
            forget(folder);
            if (key.isPresent() && Files.isDirectory(folder)) {
                try {
                    folders.put(folder, new Registered(folder.register(notifications, KINDS), key));
                } catch (IOException e) {
                    LOG.debug("The system does not tell of changes in {}", folder, e); // it is looked at all the same
                }
            }
        }
    }

    private void forget(Path folder) {
        Registered known = folders.remove(folder);
        // Two paths may lead to one folder, and share its key.
        if (known != null
                && folders.values().stream().noneMatch(other -> other.key().equals(known.key()))) {
            known.key().cancel();
        }
    }

    /** Ends it, without waiting for a call that is under way. */
    @Override
    public void close() {
        closed = true;
        WatchService open = service;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("The watch of the configuration did not end in order", e);
            }
        }
    }
}
