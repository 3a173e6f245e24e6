package infrarust.proxy.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/** Everything that names SQLite's classes, so that they are loaded when a database is opened and not before. */
final class Sqlite {

    /** What this version writes; kept in the file as {@code user_version}. */
    private static final int VERSION = 1;

    private static final String[] SCHEMA = {
        // "key" is the value as it is compared; "value" is it as it was written.
        """
        CREATE TABLE ban (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          type TEXT NOT NULL,
          key TEXT NOT NULL,
          value TEXT NOT NULL,
          reason TEXT,
          source TEXT NOT NULL,
          created INTEGER NOT NULL,
          expires INTEGER,
          UNIQUE (type, key)
        ) STRICT""", """
        CREATE TABLE ban_audit (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          at INTEGER NOT NULL,
          action TEXT NOT NULL,
          type TEXT NOT NULL,
          value TEXT NOT NULL,
          reason TEXT,
          source TEXT NOT NULL,
          expires INTEGER
        ) STRICT""", """
        CREATE TABLE operator (
          subject TEXT PRIMARY KEY,
          name TEXT NOT NULL,
          source TEXT NOT NULL,
          since INTEGER NOT NULL
        ) STRICT""",
    };

    private Sqlite() {}

    static Connection open(Path file, Duration busy) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(Math.toIntExact(busy.toMillis()));
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            connection.setAutoCommit(false);
            upgrade(connection, file);
            connection.commit();
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void upgrade(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version;
            try (ResultSet found = statement.executeQuery("PRAGMA user_version")) {
                version = found.next() ? found.getInt(1) : 0;
            }
            if (version > VERSION) {
                throw new SQLException("it was written by a newer version of the proxy (" + version + " > " + VERSION
                        + "); use that one, or name another file than " + file + " as `database`");
            }
            if (version == 0) {
                for (String table : SCHEMA) {
                    statement.executeUpdate(table);
                }
                statement.executeUpdate("PRAGMA user_version = " + VERSION);
            }
        }
    }
}
