package infrarust.proxy.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file with the lines that were typed. They may hold what others should not read, so it is its owner's alone. */
final class HistoryFile {

    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

    private HistoryFile() {}

    /** Makes it if it is not there; empty when that cannot be. */
    static Optional<Path> prepared(Path file) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            boolean posix = Files.getFileStore(file.toAbsolutePath().getParent())
                    .supportsFileAttributeView(PosixFileAttributeView.class);
            try {
                Files.createFile(
                        file,
                        posix
                                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWN)}
                                : new FileAttribute<?>[0]);
            } catch (FileAlreadyExistsException there) {
                if (posix && !Files.getPosixFilePermissions(file).equals(OWN)) {
                    Files.setPosixFilePermissions(file, OWN);
                }
            }
            return Optional.of(file);
        } catch (IOException e) {
            LOG.debug("The console's history cannot be kept in {}", file, e);
            return Optional.empty();
        }
    }
}
