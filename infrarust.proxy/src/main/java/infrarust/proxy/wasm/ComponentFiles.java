package infrarust.proxy.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The {@code .wasm} files of the plugins folder: its top level, sorted by name, each file once however many links lead to it. */
final class ComponentFiles {

    /** Nobody's plugin is larger; reading a larger file would only take the proxy's memory. */
    static final long MAX_BYTES = 256L << 20;

    private ComponentFiles() {}

    /**
     * Lists them; a folder that is not there has none.
     *
     * @throws IOException if the folder cannot be read
     */
    static List<ComponentSource> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<ComponentSource> sources = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.filter(one -> one.toString().endsWith(".wasm"))
                    .sorted()
                    .toList()) {
                if (Files.isRegularFile(file) && seen.add(file.toRealPath())) {
                    sources.add(new ComponentSource(String.valueOf(file.getFileName()), true, () -> read(file)));
                }
            }
        }
        return sources;
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        return Files.readAllBytes(file);
    }
}
