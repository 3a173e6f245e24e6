package infrarust.proxy.ban;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanAuditEntry;
import infrarust.api.ban.BanAuditEntry.Action;
import infrarust.api.ban.BanProvider;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import infrarust.api.ban.BanVerdict;
import infrarust.api.ban.BansUnavailableException;
import infrarust.api.ban.LoginAttempt;
import infrarust.api.ban.Page;
import infrarust.proxy.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy's own bans: kept in the database, looked up in memory. What is kept shows in memory once it is on the disk,
 * in the order in which it got there. Any thread; nothing waits. Until {@link #load} has completed there are none.
 */
public final class StoredBans implements BanProvider {

    private static final Logger LOG = LoggerFactory.getLogger(StoredBans.class);

    private final Database database;
    private final InstantSource clock;
    private final boolean auditing;
    /** Changed on the database's thread only. */
    private final BanIndex index = new BanIndex();

    /**
     * @param database where they are kept
     * @param clock by which they expire
     * @param auditing whether it is noted what is done
     */
    public StoredBans(Database database, InstantSource clock, boolean auditing) {
        this.database = database;
        this.clock = clock;
        this.auditing = auditing;
    }

    /** Reads what is kept; opens no database where there is none. */
    public CompletionStage<Void> load() {
        return database.read(
                connection -> {
                    new BanRows(connection)
                            .forEach(index::put, text -> LOG.error("A ban cannot be read and does not hold: {}", text));
                    return null;
                },
                null);
    }

    /** How many there are, those included that expired a moment ago. */
    public int size() {
        return index.size();
    }

    @Override
    public CompletionStage<Optional<BanVerdict>> check(LoginAttempt attempt) {
        return CompletableFuture.completedFuture(find(attempt).map(BanVerdict::of));
    }

    /** As {@link #check}. */
    Optional<Ban> find(LoginAttempt attempt) {
        return index.find(attempt.address(), attempt.username(), attempt.uuid(), clock.instant());
    }

    /** Whether a name is among the bans. */
    boolean hasNames() {
        return index.hasNames();
    }

    @Override
    public CompletionStage<Ban> ban(BanRequest request, BanSource source) {
        return database.write(
                connection -> {
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    var wanted = new Ban(
                            "",
                            request.target(),
                            request.reason(),
                            source,
                            now,
                            request.duration().map(now::plus));
                    var rows = new BanRows(connection);
                    Ban kept = rows.put(wanted);
                    if (auditing) {
                        rows.note(now, Action.BANNED, kept, source);
                    }
                    return kept;
                },
                index::put);
    }

    /**
     * Keeps bans that come from elsewhere, all or none. A target that is banned already keeps its ban, and who is
     * connected stays.
     *
     * @return completes with how many were new
     */
    public CompletionStage<Integer> importAll(List<Ban> bans) {
        return database.<List<Ban>>write(
                        connection -> {
                            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                            var rows = new BanRows(connection);
                            List<Ban> kept = new ArrayList<>();
                            for (Ban ban : bans) {
                                if (index.get(ban.target(), now).isEmpty() && ban.isActiveAt(now)) {
                                    Ban one = rows.put(ban);
                                    kept.add(one);
                                    if (auditing) {
                                        rows.note(now, Action.IMPORTED, one, one.source());
                                    }
                                }
                            }
                            return kept;
                        },
                        kept -> kept.forEach(index::put))
                .thenApply(List::size);
    }

    @Override
    public CompletionStage<Optional<Ban>> unban(BanTarget target, BanSource source) {
        return database.writeIfThere(
                connection -> {
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    Optional<Ban> there = index.get(target, now);
                    var rows = new BanRows(connection);
                    rows.delete(target);
                    if (auditing && there.isPresent()) {
                        rows.note(now, Action.UNBANNED, there.get(), source);
                    }
                    return there;
                },
                Optional.empty(),
                there -> index.remove(target));
    }

    @Override
    public CompletionStage<Optional<Ban>> get(BanTarget target) {
        return CompletableFuture.completedFuture(index.get(target, clock.instant()));
    }

    @Override
    public CompletionStage<Page<Ban>> list(Optional<String> cursor, int limit) {
        int most = Math.clamp(limit, 1, Page.MOST);
        return before(
                cursor,
                below -> database.read(
                        connection -> page(
                                new BanRows(connection).list(below, most + 1, clock.instant()),
                                most,
                                Function.identity(),
                                Ban::id),
                        Page.empty()));
    }

    @Override
    public CompletionStage<Page<BanAuditEntry>> audit(Optional<String> cursor, int limit) {
        int most = Math.clamp(limit, 1, Page.MOST);
        return before(
                cursor,
                below -> database.read(
                        connection -> page(
                                new BanRows(connection).audit(below, most + 1),
                                most,
                                BanRows.Audited::entry,
                                last -> Long.toString(last.id())),
                        Page.empty()));
    }

    private static <T> CompletionStage<T> before(Optional<String> cursor, Function<Long, CompletionStage<T>> ask) {
        try {
            return ask.apply(cursor.map(Long::parseLong).orElse(Long.MAX_VALUE));
        } catch (NumberFormatException e) {
            return CompletableFuture.failedStage(
                    new BansUnavailableException("there is no page at the cursor \"" + cursor.orElse("") + "\"", e));
        }
    }

    private static <R, T> Page<T> page(
            List<R> rows, int most, Function<? super R, ? extends T> entry, Function<? super R, String> cursor) {
        List<R> shown = rows.subList(0, Math.min(most, rows.size()));
        return new Page<>(
                shown.stream().<T>map(entry).toList(),
                rows.size() > most ? Optional.of(cursor.apply(shown.getLast())) : Optional.empty());
    }

    /** Clears away what has expired; touches no database when nothing has. */
    CompletionStage<Integer> purge() {
        if (index.expired(clock.instant()).isEmpty()) {
            return CompletableFuture.completedFuture(0);
        }
        return database.<List<Ban>>write(
                        connection -> {
                            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                            List<Ban> expired = index.expired(now);
                            var rows = new BanRows(connection);
                            for (Ban ban : expired) {
                                rows.delete(ban.target());
                                if (auditing) {
                                    rows.note(now, Action.EXPIRED, ban, new BanSource.Proxy());
                                }
                            }
                            return expired;
                        },
                        expired -> expired.forEach(ban -> index.remove(ban.target())))
                .thenApply(List::size);
    }
}
