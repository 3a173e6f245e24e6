package infrarust.proxy.ban;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in the bans of files that other programs have written. Any thread. */
public final class BanImport {

    /** Far more than any list of bans. */
    private static final long MOST_BYTES = 64 << 20;

    private static final int SHOWN = 5;

    private static final Logger LOG = LoggerFactory.getLogger(BanImport.class);

    private final StoredBans stored;
    private final InstantSource clock;
    private final Path workingDirectory;

    /**
     * @param stored where they are kept
     * @param clock says when bans were made whose file does not
     * @param workingDirectory what relative paths are relative to
     */
    public BanImport(StoredBans stored, InstantSource clock, Path workingDirectory) {
        this.stored = stored;
        this.clock = clock;
        this.workingDirectory = workingDirectory;
    }

    /**
     * Takes in the file of the configuration, if it is there, and gives it another name behind that, so that it is taken
     * in once. One that cannot be read stays as it is, and is told of in the log.
     *
     * @return completes, never exceptionally, when the bans hold
     */
    public CompletionStage<Void> atStart(Path file) {
        if (!Files.exists(file)) {
            return CompletableFuture.completedFuture(null);
        }
        return takeIn(file).handle((text, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
                LOG.error("{}. Its bans do not hold; mend the file, or move it away", cause.getMessage());
                return null;
            }
            LOG.info("{}", text);
            Path done = file.resolveSibling(file.getFileName() + ".imported");
            try {
                Files.move(file, done);
                LOG.info("{} is called {} from now on; the bans are kept in the database", file, done.getFileName());
            } catch (IOException e) {
                LOG.warn("{} is taken in again at the next start, since it cannot be renamed: {}", file, e.toString());
            }
            return null;
        });
    }

    /**
     * Takes in a file.
     *
     * @return completes, once the bans cannot be lost, with what came of it, in words; exceptionally with {@link
     *     IllegalArgumentException} if the file cannot be read, or with what has kept the bans from being kept
     */
    CompletionStage<String> takeIn(Path file) {
        BanFile read;
        try {
            Path found = workingDirectory.resolve(file);
            if (Files.size(found) > MOST_BYTES) {
                throw new IllegalArgumentException("it has more than " + (MOST_BYTES >> 20) + " MiB");
            }
            read = BanFile.read(Files.readString(found), clock.instant());
        } catch (IOException e) {
            return CompletableFuture.failedStage(
                    new IllegalArgumentException("The bans in " + file + " cannot be read: " + e, e));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedStage(
                    new IllegalArgumentException("The bans in " + file + " cannot be read: " + e.getMessage(), e));
        }
        List<String> problems = read.problems();
        problems.forEach(problem -> LOG.warn("{}: {}; this ban does not hold", file, problem));
        return stored.importAll(read.bans())
                .thenApply(count -> "Took in " + count + " of " + (read.bans().size() + problems.size()) + " bans of "
                        + file
                        + (count < read.bans().size() ? "; the others had expired or were known" : "")
                        + (problems.isEmpty()
                                ? ""
                                : "; not understood: "
                                        + String.join("; ", problems.subList(0, Math.min(SHOWN, problems.size())))));
    }
}
