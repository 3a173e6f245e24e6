package infrarust.proxy.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database, a file of SQLite. It is opened, made, and SQLite loaded, when something is first read that may
 * be there or written. All work is done one after the other by a platform thread of its own, which ends when there is
 * none for a while. Any thread may ask for work; none waits.
 *
 * <p>What was written is on the disk when the stage completes: each piece of work is one transaction, written ahead (WAL) and
 * forced out at its end, so that neither the end of the process nor of the machine loses it or leaves half of it.
 */
public final class Database implements AutoCloseable {

    /** How long another process may keep the file to itself. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** How long the thread stays when there is nothing to do. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** How long the work that is left may take at the end. */
    private static final Duration LAST_WORK = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final Path file;
    private final ThreadPoolExecutor thread;
    /** Only the thread's. */
    private @Nullable Connection connection;

    /**
     * Something that is done with the database.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it, within a transaction that ends when this returns, and is undone when it throws. */
        T run(Connection connection) throws SQLException;
    }

    /** @param file where it is, or will be once something is written */
    public Database(Path file) {
        this.file = file;
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("database").factory());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Where it is, or will be. */
    public Path file() {
        return file;
    }

    /** Whether anything has ever been kept here. */
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Reads, and makes no database where there is none.
     *
     * @param whenThereIsNone the answer then
     * @return completes on the database's thread, so what follows must be short; exceptionally with {@link StoreException}
     */
    public <T> CompletableFuture<T> read(Work<T> work, T whenThereIsNone) {
        return submit(() -> connection == null && !exists() ? whenThereIsNone : transaction(work));
    }

    /**
     * Writes, into a new database if there is none.
     *
     * @param kept hears the result when it is on the disk, on the database's thread and in the order of the work
     * @return completes behind {@code kept}, on the database's thread, so what follows must be short; exceptionally with {@link
     *     StoreException}, and then nothing has been written
     */
    public <T> CompletableFuture<T> write(Work<T> work, Consumer<? super T> kept) {
        return submit(() -> {
            T result = transaction(work);
            kept.accept(result);
            return result;
        });
    }

    /** As {@link #write}, but where there is no database none is made. */
    public <T> CompletableFuture<T> writeIfThere(Work<T> work, T whenThereIsNone, Consumer<? super T> kept) {
        return submit(() -> {
            if (connection == null && !exists()) {
                return whenThereIsNone;
            }
            T result = transaction(work);
            kept.accept(result);
            return result;
        });
    }

    private interface Task<T> {
        T run() throws SQLException, IOException;
    }

    private <T> CompletableFuture<T> submit(Task<T> task) {
        var result = new CompletableFuture<T>();
        try {
            thread.execute(() -> {
                T value;
                try {
                    value = task.run();
                } catch (SQLException | IOException | LinkageError | RuntimeException e) {
                    result.completeExceptionally(failure(e));
                    return;
                }
                result.complete(value);
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new StoreException("The proxy stops; " + file + " is closed", e));
        }
        return result;
    }

    private <T> T transaction(Work<T> work) throws SQLException, IOException {
        Connection open = open();
        try {
            T result = work.run(open);
            open.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                open.rollback();
            } catch (SQLException second) {
                e.addSuppressed(second);
                abandon();
            }
            throw e;
        }
    }

    private Connection open() throws SQLException, IOException {
        Connection present = connection;
        if (present == null) {
            long began = System.nanoTime();
            createPrivately();
            present = Sqlite.open(file, BUSY);
            connection = present;
            LOG.debug("Opened {} in {} ms", file, (System.nanoTime() - began) / 1_000_000);
        }
        return present;
    }

    /**
     * There are addresses of people in it: nobody else on this machine need read them. SQLite takes an empty file for a
     * new database.
     */
    private void createPrivately() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
            FileStore store = Files.getFileStore(folder);
            if (!store.supportsFileAttributeView(PosixFileAttributeView.class)) {
                return;
            }
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another process has made {}", file, e);
        }
    }

    private void abandon() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                LOG.debug("A broken connection to {} cannot be closed", file, e);
            }
        }
    }

    private StoreException failure(Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        if (why.contains("SQLITE_NOTADB") || why.contains("SQLITE_CORRUPT")) {
            return new StoreException(
                    "The database " + file + " is damaged or none: restore it from a backup, or move it and the files"
                            + " beside it away to begin without bans and operators (" + why + ")",
                    cause);
        }
        if (why.contains("SQLITE_BUSY") || why.contains("SQLITE_LOCKED")) {
            return new StoreException(
                    "The database " + file + " is held by another process for more than " + BUSY.toSeconds()
                            + " s; give each proxy one of its own with `database` in infrarust.toml",
                    cause);
        }
        if (why.contains("SQLITE_FULL")) {
            return new StoreException("The disk is full: nothing can be written to " + file, cause);
        }
        return new StoreException("The database " + file + " cannot be used: " + why, cause);
    }

    /** Does the work that was asked for, within ten seconds, and closes the file. What is asked for later fails. */
    @Override
    public void close() {
        try {
            thread.execute(this::abandon);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed already", e);
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_WORK.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("The database {} still works after {} s and is left", file, LAST_WORK.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
