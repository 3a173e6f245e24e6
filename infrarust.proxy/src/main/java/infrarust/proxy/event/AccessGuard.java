package infrarust.proxy.event;

import infrarust.api.event.AccessEvent;
import infrarust.api.event.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import net.kyori.adventure.text.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which events that decide who comes in are closed, because a plugin that listens to them is away. Nobody must get in
 * because the plugin that keeps people out is just being reloaded. Any thread; asking takes no lock.
 */
public final class AccessGuard {

    /** What a player reads who comes while a plugin that decides is away. */
    public static final Component AWAY = Component.text(
            "This proxy is reloading a part that decides who may come in. Please try again in a moment.");

    /** What a player reads whom a plugin failed to judge. */
    public static final Component UNCHECKED =
            Component.text("This proxy could not check whether you may come in. Please try again later.");

    private static final Logger LOG = LoggerFactory.getLogger(AccessGuard.class);

    /** Replaced as a whole; a class is there while somebody is away. */
    private volatile Map<Class<? extends Event>, Set<Absence>> closed = Map.of();

    /** How often each class has been closed so far. */
    private final ConcurrentHashMap<Class<? extends Event>, Long> closings = new ConcurrentHashMap<>();

    AccessGuard() {}

    /** A plugin that is away; until it {@linkplain #end is back}, what it listened to is denied. */
    public final class Absence {

        private final String owner;
        private final Set<Class<? extends Event>> types;
        private final AtomicBoolean told = new AtomicBoolean();

        private Absence(String owner, Set<Class<? extends Event>> types) {
            this.owner = owner;
            this.types = Set.copyOf(types);
        }

        /** Whether anything is denied because of it. */
        public boolean closesAnything() {
            return !types.isEmpty();
        }

        /** The plugin is back, or the operator does without it. Ending twice does nothing. */
        public void end() {
            open(this);
        }
    }

    /** Closes these events until the plugin is back. Others than events of the API that decide access are left alone. */
    Absence close(String owner, Set<Class<? extends Event>> types) {
        Set<Class<? extends Event>> deciding = new HashSet<>(types);
        // Of plugins' own events nobody would be kept out, and their classes must not be kept in memory here.
        deciding.removeIf(type -> !AccessEvent.class.isAssignableFrom(type)
                || !AccessEvent.class.getClassLoader().equals(type.getClassLoader()));
        var absence = new Absence(owner, deciding);
        synchronized (this) {
            Map<Class<? extends Event>, Set<Absence>> next = new HashMap<>(closed);
            for (Class<? extends Event> type : deciding) {
                next.merge(type, Set.of(absence), AccessGuard::with);
                closings.merge(type, 1L, Long::sum);
            }
            closed = Map.copyOf(next);
        }
        return absence;
    }

    private synchronized void open(Absence absence) {
        Map<Class<? extends Event>, Set<Absence>> next = new HashMap<>(closed);
        for (Class<? extends Event> type : absence.types) {
            next.computeIfPresent(type, (key, present) -> {
                Set<Absence> left = new HashSet<>(present);
                left.remove(absence);
                return left.isEmpty() ? null : Set.copyOf(left);
            });
        }
        closed = Map.copyOf(next);
    }

    private static Set<Absence> with(Set<Absence> present, Set<Absence> added) {
        Set<Absence> all = new HashSet<>(present);
        all.addAll(added);
        return Set.copyOf(all);
    }

    /** Whether events of that class are denied now. */
    boolean isClosed(Class<? extends Event> type) {
        return closed.containsKey(type);
    }

    /** How often it has been closed so far; a listener that was asked before and answers after may be one of a plugin that is gone. */
    long closings(Class<? extends Event> type) {
        return closings.getOrDefault(type, 0L);
    }

    /** Says once for each absence that it keeps players out. */
    void tell(Class<? extends Event> type) {
        for (Absence absence : closed.getOrDefault(type, Set.of())) {
            if (absence.told.compareAndSet(false, true)) {
                LOG.warn(
                        "{} is denied until plugin '{}', which listens to it, runs again",
                        type.getSimpleName(),
                        absence.owner);
            }
        }
    }
}
