package infrarust.proxy.status;

import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.StatusCache;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.protocol.packet.Handshake;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks backends and remembers what they said, by server and protocol number: a backend may tell clients of different versions
 * different things. However many pingers wait for the same answer, one question is asked. All event loops share it.
 *
 * <p>A pinger gets: an answer younger than the time to live; else the answer of the question that is under way or that it
 * starts; if that fails, the last answer while it is not older than {@link #STALE}; else nothing. A failure is remembered for
 * the time to live as well, so that a backend that is away costs each pinger nothing.
 */
final class StatusRelay {

    /** How long an answer may stand in for a backend that does not answer any more. */
    static final Duration STALE = Duration.ofMinutes(1);
    /** The most that all held answers take together; a thousand of the largest would be far more. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Backends backends;
    private volatile StatusCache settings;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();

    private record Key(String server, int protocol) {}

    /**
     * @param backends how servers are reached
     * @param settings time to live and bound
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    StatusRelay(Backends backends, StatusCache settings, LongSupplier nanoTime) {
        this.backends = backends;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** The configuration has changed; answers that are held are kept as long as it says now. */
    void configure(StatusCache next) {
        settings = next;
    }

    /** What is known of one server in one version; its fields change under its own lock, except for reading {@link #held}. */
    private static final class Entry {
        final ServerConfig server;
        volatile @Nullable Held held;

        @Nullable
        List<Waiter> waiters;

        Entry(ServerConfig server) {
            this.server = server;
        }
    }

    /**
     * @param answer null when the backend did not answer and nothing older stands in
     * @param asked when the backend was asked last
     * @param answered when the answer came
     */
    private record Held(@Nullable RelayedAnswer answer, long asked, long answered) {}

    private record Waiter(EventLoop loop, Consumer<@Nullable RelayedAnswer> then) {

        void tell(@Nullable RelayedAnswer answer) {
            if (loop.inEventLoop()) {
                then.accept(answer);
                return;
            }
            try {
                loop.execute(() -> then.accept(answer));
            } catch (RejectedExecutionException stopping) {
                // The loop has been shut down, and the pinger's connection with it.
            }
        }
    }

    /**
     * Gets an answer. Called on the client's loop, and calls back on it, possibly before it returns.
     *
     * @param maxAddresses how many of the server's addresses are tried, 0 for all
     * @param client the pinger
     * @param question the handshake to ask with
     * @param motds what the operator puts in place of the backend's own words
     * @param then gets the answer, or null when the backend gave none
     */
    void ask(
            ServerConfig server,
            int maxAddresses,
            ClientConnection client,
            Handshake question,
            Motds motds,
            Consumer<@Nullable RelayedAnswer> then) {
        var key = new Key(server.id(), question.protocol());
        Entry entry = entries.get(key);
        // After a reload that changed the server, what was held belongs to the old configuration.
        if (entry == null || !entry.server.equals(server)) {
            entry = entries.compute(
                    key,
                    (k, present) -> present == null || !present.server.equals(server) ? new Entry(server) : present);
            evict();
        }
        Held held = entry.held;
        if (held != null && isFresh(held)) {
            then.accept(held.answer);
            return;
        }
        var waiter = new Waiter(client.eventLoop(), then);
        synchronized (entry) {
            if (entry.waiters != null) {
                entry.waiters.add(waiter);
                return;
            }
            held = entry.held;
            if (held == null || !isFresh(held)) {
                entry.waiters = new ArrayList<>(List.of(waiter));
                held = null;
            }
        }
        if (held != null) {
            then.accept(held.answer);
            return;
        }
        Entry asking = entry;
        Handshake asked = ClientConnection.rewritten(question, server);
        new BackendPing(
                        client.scope(),
                        client.packetTable(),
                        asked,
                        json -> answered(asking, json, asked.protocol(), motds))
                // In the name of the pinger who asks first: some receivers refuse the header of a proxy's own
                // connection.
                .start(BackendPing.DEADLINE, handler -> backends.ask(client, server, maxAddresses, handler));
    }

    private boolean isFresh(Held held) {
        return nanoTime.getAsLong() - held.asked < settings.ttl().toNanos();
    }

    private void answered(Entry entry, byte @Nullable [] json, int protocol, Motds motds) {
        long now = nanoTime.getAsLong();
        RelayedAnswer answer = null;
        if (json != null) {
            try {
                answer = RelayedAnswer.of(json, motds.live(entry.server), protocol);
            } catch (IllegalArgumentException garbage) {
                // As good as no answer.
            }
        }
        long answered = now;
        Held last = entry.held;
        if (answer == null && last != null && last.answer != null && now - last.answered < STALE.toNanos()) {
            answer = last.answer;
            answered = last.answered;
        }
        List<Waiter> waiters;
        synchronized (entry) {
            entry.held = new Held(answer, now, answered);
            waiters = entry.waiters == null ? List.of() : entry.waiters;
            entry.waiters = null;
        }
        for (Waiter waiter : waiters) {
            waiter.tell(answer);
        }
        evict();
    }

    /**
     * Forgets the answers that were asked for longest ago when there are too many; answers in use are asked for again and
     * again. Some more than necessary go, so that sorting is rare. A question under way is not lost with its entry: it still answers
     * its waiters.
     */
    private void evict() {
        long bytes = 0;
        for (Entry entry : entries.values()) {
            bytes += size(entry);
        }
        if (entries.size() <= settings.maxEntries() && bytes <= MAX_BYTES) {
            return;
        }
        record Age(Key key, Entry entry, long asked, long size) {}
        long now = nanoTime.getAsLong();
        List<Age> oldestFirst = new ArrayList<>();
        entries.forEach((key, entry) -> {
            Held held = entry.held;
            oldestFirst.add(new Age(key, entry, held == null ? 0 : held.asked - now, size(entry)));
        });
        oldestFirst.sort(Comparator.comparingLong(Age::asked));
        int keep = settings.maxEntries() - settings.maxEntries() / 8;
        int left = oldestFirst.size();
        for (Age age : oldestFirst) {
            if (left <= keep && bytes <= MAX_BYTES) {
                break;
            }
            entries.remove(age.key, age.entry);
            left--;
            bytes -= age.size;
        }
    }

    private static long size(Entry entry) {
        Held held = entry.held;
        return held == null || held.answer == null ? 0 : held.answer.size();
    }

    /** For tests: how many answers and questions are held. */
    int size() {
        return entries.size();
    }
}
