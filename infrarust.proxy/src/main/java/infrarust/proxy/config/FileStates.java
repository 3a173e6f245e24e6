package infrarust.proxy.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the file system says of the configuration's files without their being read. Links are followed, so that it shows when
 * one leads elsewhere, as Kubernetes does with the files of a ConfigMap.
 *
 * @param byPath a file that is not there is left out
 */
record FileStates(Map<Path, State> byPath) {

    /**
     * @param key which file it is, where the file system knows: one that took another's name is another
     * @param size in bytes
     * @param modified when its content changed last
     */
    record State(Optional<Object> key, long size, FileTime modified) {}

    FileStates {
        byPath = Map.copyOf(byPath);
    }

    /**
     * Looks now.
     *
     * @param files each of them
     * @param folder and every {@code .toml} file in it
     */
    static FileStates look(Collection<Path> files, Path folder) {
        Map<Path, State> states = new HashMap<>();
        files.forEach(file -> add(states, file));
        // The folder itself is left out: its time changes with every file that an editor puts beside the others.
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.toml")) {
            entries.forEach(file -> add(states, file));
        } catch (IOException e) {
            // Not there, or not to be read; as good as empty until it is, and whoever loads it says what is wrong.
        }
        return new FileStates(states);
    }

    private static void add(Map<Path, State> states, Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            states.put(file, new State(Optional.ofNullable(found.fileKey()), found.size(), found.lastModifiedTime()));
        } catch (IOException e) {
            // Not there.
        }
    }

    /** Which folder a path leads to, for noticing that it has become another one; empty when it is not there. */
    static Optional<Object> keyOf(Path folder) {
        try {
            BasicFileAttributes found = Files.readAttributes(folder, BasicFileAttributes.class);
            Object key = found.fileKey();
            return Optional.of(key == null ? folder : key);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
