package infrarust.proxy.permission;

import infrarust.api.player.Player;
import infrarust.proxy.store.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The players whom the command {@code op} has made admins: kept in the database, asked in memory. Any thread; nothing
 * waits. Until {@link #load} has completed there are none.
 */
public final class Admins {

    private final Database database;
    private final InstantSource clock;
    /** By account or name, in lower case. Changed on the database's thread only. */
    private final ConcurrentHashMap<String, Admin> bySubject = new ConcurrentHashMap<>();

    /**
     * An admin.
     *
     * @param subject who: an account's UUID, or a name in lower case
     * @param name as it was spelled, or what the account was called then
     * @param source who did it
     * @param since when
     */
    public record Admin(String subject, String name, String source, Instant since) {

        /** Whether it is an account, and not a name. */
        public boolean isAccount() {
            return subject.length() > 16;
        }
    }

    /**
     * @param database where they are kept
     * @param clock says since when
     */
    public Admins(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Reads who is one; opens no database where there is none. */
    public CompletionStage<Void> load() {
        return database.read(
                connection -> {
                    try (PreparedStatement select =
                                    connection.prepareStatement("SELECT subject, name, source, since FROM operator");
                            ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            keep(new Admin(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    Instant.ofEpochMilli(row.getLong(4))));
                        }
                    }
                    return null;
                },
                null);
    }

    private void keep(Admin operator) {
        bySubject.put(operator.subject(), operator);
    }

    /** Whether that is one; the account is to be trusted. */
    boolean isAdmin(Player player) {
        return !bySubject.isEmpty()
                && (bySubject.containsKey(player.profile().uuid().toString())
                        || bySubject.containsKey(player.profile().username().toLowerCase(Locale.ROOT)));
    }

    /** All of them, by name. */
    List<Admin> all() {
        List<Admin> all = new ArrayList<>(bySubject.values());
        all.sort(Comparator.comparing(Admin::name, String.CASE_INSENSITIVE_ORDER));
        return all;
    }

    /** Those that a name or a UUID can mean. */
    List<Admin> named(String text) {
        return all().stream()
                .filter(each ->
                        each.name().equalsIgnoreCase(text) || each.subject().equalsIgnoreCase(text))
                .toList();
    }

    /**
     * Makes an account, or a name, an admin.
     *
     * @return completes, once it cannot be lost, with whether it is new
     */
    CompletionStage<Boolean> add(Optional<String> uuid, String name, String source) {
        var added = new Admin(uuid.orElseGet(() -> name.toLowerCase(Locale.ROOT)), name, source, clock.instant());
        if (bySubject.containsKey(added.subject())) {
            return CompletableFuture.completedFuture(false);
        }
        return database.write(
                        connection -> {
                            try (PreparedStatement insert = connection.prepareStatement(
                                    "INSERT OR REPLACE INTO operator (subject, name, source, since) VALUES (?, ?, ?, ?)")) {
                                insert.setString(1, added.subject());
                                insert.setString(2, added.name());
                                insert.setString(3, added.source());
                                insert.setLong(4, added.since().toEpochMilli());
                                insert.executeUpdate();
                            }
                            return added;
                        },
                        this::keep)
                .thenApply(kept -> true);
    }

    /**
     * Makes them ordinary players again.
     *
     * @return completes, once that cannot be lost, with them
     */
    CompletionStage<List<Admin>> remove(List<Admin> admins) {
        return database.writeIfThere(
                connection -> {
                    try (PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM operator WHERE subject = ?")) {
                        for (Admin each : admins) {
                            delete.setString(1, each.subject());
                            delete.executeUpdate();
                        }
                    }
                    return admins;
                },
                List.of(),
                gone -> gone.forEach(each -> bySubject.remove(each.subject())));
    }
}
