package infrarust.proxy.ban;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanAuditEntry;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Bans and the account of them as rows of the database. Only the database's thread, within a transaction. */
final class BanRows {

    /** How many entries the account of what was done has. */
    static final int MOST_AUDITED = 10_000;

    private final Connection connection;

    BanRows(Connection connection) {
        this.connection = connection;
    }

    /** Puts a ban in the place of whatever there is for its target, and gives it its id. */
    Ban put(Ban ban) throws SQLException {
        delete(ban.target());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ban (type, key, value, reason, source, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " RETURNING id")) {
            insert.setString(1, ban.target().type());
            insert.setString(2, key(ban.target()));
            insert.setString(3, ban.target().value());
            setText(insert, 4, ban.reason());
            insert.setString(5, ban.source().text());
            insert.setLong(6, ban.createdAt().toEpochMilli());
            setTime(insert, 7, ban.expiresAt());
            try (ResultSet made = insert.executeQuery()) {
                made.next();
                return new Ban(
                        Long.toString(made.getLong(1)),
                        ban.target(),
                        ban.reason(),
                        ban.source(),
                        ban.createdAt(),
                        ban.expiresAt());
            }
        }
    }

    /** Removes the ban of exactly that target. */
    void delete(BanTarget target) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM ban WHERE type = ? AND key = ?")) {
            delete.setString(1, target.type());
            delete.setString(2, key(target));
            delete.executeUpdate();
        }
    }

    /** Notes what was done, and forgets what is too long ago. */
    void note(Instant at, BanAuditEntry.Action action, Ban about, BanSource by) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ban_audit (at, action, type, value, reason, source, expires) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, at.toEpochMilli());
            insert.setString(2, action.name().toLowerCase(Locale.ROOT));
            insert.setString(3, about.target().type());
            insert.setString(4, about.target().value());
            setText(insert, 5, about.reason());
            insert.setString(6, by.text());
            setTime(insert, 7, about.expiresAt());
            insert.executeUpdate();
        }
        try (PreparedStatement forget =
                connection.prepareStatement("DELETE FROM ban_audit WHERE id <= (SELECT max(id) FROM ban_audit) - ?")) {
            forget.setInt(1, MOST_AUDITED);
            forget.executeUpdate();
        }
    }

    /** Gives every ban to somebody. Those that this version cannot read are told as text. */
    void forEach(Consumer<Ban> each, Consumer<String> unreadable) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT id, type, value, reason, source, created, expires FROM ban");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                try {
                    each.accept(ban(row));
                } catch (IllegalArgumentException e) {
                    unreadable.accept("ban " + row.getLong(1) + ": " + e.getMessage());
                }
            }
        }
    }

    /** Bans that hold at that time, the newest first, from below that id on. */
    List<Ban> list(long below, int limit, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, type, value, reason, source, created, expires FROM ban"
                        + " WHERE id < ? AND (expires IS NULL OR expires > ?) ORDER BY id DESC LIMIT ?")) {
            select.setLong(1, below);
            select.setLong(2, now.toEpochMilli());
            select.setInt(3, limit);
            List<Ban> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(ban(row));
                }
            }
            return found;
        }
    }

    /**
     * An entry of the account, with what the next page begins below.
     *
     * @param id of its row
     */
    record Audited(long id, BanAuditEntry entry) {}

    /** What was done, the newest first, from below that id on. */
    List<Audited> audit(long below, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, at, action, type, value, reason, source, expires FROM ban_audit"
                        + " WHERE id < ? ORDER BY id DESC LIMIT ?")) {
            select.setLong(1, below);
            select.setInt(2, limit);
            List<Audited> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Audited(
                            row.getLong(1),
                            new BanAuditEntry(
                                    Instant.ofEpochMilli(row.getLong(2)),
                                    BanAuditEntry.Action.valueOf(
                                            row.getString(3).toUpperCase(Locale.ROOT)),
                                    BanTarget.of(row.getString(4), row.getString(5)),
                                    Optional.ofNullable(row.getString(6)),
                                    BanSource.of(row.getString(7)),
                                    time(row, 8))));
                }
            }
            return found;
        }
    }

    private static Ban ban(ResultSet row) throws SQLException {
        return new Ban(
                Long.toString(row.getLong(1)),
                BanTarget.of(row.getString(2), row.getString(3)),
                Optional.ofNullable(row.getString(4)),
                BanSource.of(row.getString(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                time(row, 7));
    }

    /** The value as two targets are compared. */
    private static String key(BanTarget target) {
        return target.value().toLowerCase(Locale.ROOT);
    }

    private static void setText(PreparedStatement statement, int at, Optional<String> text) throws SQLException {
        if (text.isPresent()) {
            statement.setString(at, text.get());
        } else {
            statement.setNull(at, Types.VARCHAR);
        }
    }

    private static void setTime(PreparedStatement statement, int at, Optional<Instant> time) throws SQLException {
        if (time.isPresent()) {
            statement.setLong(at, time.get().toEpochMilli());
        } else {
            statement.setNull(at, Types.BIGINT);
        }
    }

    private static Optional<Instant> time(ResultSet row, int at) throws SQLException {
        long millis = row.getLong(at);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
