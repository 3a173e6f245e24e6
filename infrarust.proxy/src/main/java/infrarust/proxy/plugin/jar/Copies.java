package infrarust.proxy.plugin.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the jars that are in use, in a folder of this process. A class loader reads its jar as long as it lives, and must not
 * see what an operator puts in its place meanwhile. Used by one thread at a time.
 */
final class Copies implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JarPluginLoader.class);
    private static final String PREFIX = "infrarust-plugins-";

    private final Path parent;
    private @Nullable Path folder;
    private long last;

    /** @param parent where the folder is made when the first copy is */
    Copies(Path parent) {
        this.parent = parent;
    }

    /** Copies a file; nobody else can read the copy. */
    Path of(Path file) throws IOException {
        if (folder == null) {
            sweep();
            folder = Files.createTempDirectory(
                    parent, PREFIX + ProcessHandle.current().pid() + "-");
        }
        return Files.copy(file, folder.resolve("copy-" + ++last + ".jar"));
    }

    /** Removes a copy. Where the system does not let go of an open file, it goes with the folder. */
    static void remove(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException open) {
            LOG.debug("{} is still open", copy, open);
        }
    }

    /** Removes what processes have left that were killed. */
    private void sweep() {
        try (Stream<Path> entries = Files.list(parent)) {
            entries.filter(Copies::isAbandoned).forEach(Copies::empty);
        } catch (IOException unreadable) {
            LOG.debug("{} cannot be listed", parent, unreadable);
        }
    }

    private static boolean isAbandoned(Path entry) {
        String name = String.valueOf(entry.getFileName());
        int end = name.indexOf('-', PREFIX.length());
        if (!name.startsWith(PREFIX) || end < 0) {
            return false;
        }
        try {
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length(), end)));
            return process.isEmpty();
        } catch (NumberFormatException foreign) {
            return false;
        }
    }

    private static void empty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(Copies::remove);
            Files.deleteIfExists(folder);
        } catch (IOException notOurs) {
            LOG.debug("{} cannot be removed", folder, notOurs);
        }
    }

    @Override
    public void close() {
        if (folder != null) {
            empty(folder);
            folder = null;
        }
    }
}
