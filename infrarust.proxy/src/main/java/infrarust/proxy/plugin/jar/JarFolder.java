package infrarust.proxy.plugin.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The {@code .jar} files of the plugins folder: its top level, sorted by name, each file once however many links lead to it. */
final class JarFolder {

    private JarFolder() {}

    /**
     * Lists them; a folder that is not there has none. Hidden files are none: editors and copying programs keep halves in them.
     *
     * @throws IOException if the folder cannot be read
     */
    static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.filter(JarFolder::isPlugin).sorted().toList()) {
                if (Files.isRegularFile(file) && seen.add(file.toRealPath())) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private static boolean isPlugin(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".jar") && !name.startsWith(".");
    }
}
