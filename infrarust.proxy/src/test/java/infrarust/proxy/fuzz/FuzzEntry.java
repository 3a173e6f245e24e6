package infrarust.proxy.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Where a coverage-guided fuzzer comes in; {@code -Dfuzz.target} says for which target. */
public final class FuzzEntry {

    private static final FuzzTarget TARGET =
            FuzzTarget.named(Objects.requireNonNull(System.getProperty("fuzz.target"), "-Dfuzz.target"));

    private FuzzEntry() {}

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accept(input);
    }

    /** Writes the seeds into a folder: {@code FuzzEntry FOLDER}. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        List<byte[]> seeds = TARGET.seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("seed-" + i), seeds.get(i));
        }
    }
}
