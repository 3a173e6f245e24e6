package infrarust.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A code cache that another JVM has filled. */
final class CodeFolder implements AutoCloseable {

    private final Path folder;

    CodeFolder() {
        try {
            folder = Files.createTempDirectory("infrarust-benchmark-code");
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String guest = System.getProperty("infrarust.benchmarks.guest", "guest");
            Process filling = new ProcessBuilder(List.of(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Dinfrarust.benchmarks.guest=" + guest,
                            ProbeComponent.class.getName(),
                            path().toString()))
                    .inheritIO()
                    .start();
            if (filling.waitFor() != 0) {
                throw new IllegalStateException("the code cache could not be filled; see above");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another JVM filled the code cache", e);
        }
    }

    Path path() {
        return folder.resolve("code");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
