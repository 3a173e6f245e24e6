package infrarust.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each target takes its seeds, what once was a problem, and as many variations as a few seconds allow. */
class FuzzTest {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 2));

    /** Far above what an input takes on a busy machine. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @TestFactory
    Stream<DynamicTest> every_target_survives() {
        return FuzzTarget.all().keySet().stream().sorted().map(name -> DynamicTest.dynamicTest(name, () -> run(name)));
    }

    private static void run(String name) throws IOException {
        FuzzTarget target = FuzzTarget.named(name);
        List<byte[]> seeds = target.seeds();
        assertThat(seeds).isNotEmpty();
        seeds.forEach(seed -> attempt(name, target, seed));
        for (byte[] input : problems(name)) {
            attempt(name, target, input);
        }
        Mutator mutator = new Mutator(new Random(20261124), seeds);
        long end = System.nanoTime() + TIME.toNanos();
        while (System.nanoTime() < end) {
            attempt(name, target, mutator.next());
        }
    }

    private static void attempt(String name, FuzzTarget target, byte[] input) {
        long start = System.nanoTime();
        try {
            target.accept(input);
        } catch (Throwable e) {
            // Whatever it is, it is a finding, and says nothing without its input.
            fail(name + " with " + HexFormat.of().formatHex(input), e);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(taken)
                .as("%s with %s", name, HexFormat.of().formatHex(input))
                .isLessThan(LONGEST);
    }

    /** One input in hexadecimal per line of {@code problems/TARGET.txt}. */
    private static List<byte[]> problems(String target) throws IOException {
        try (InputStream in = FuzzTest.class.getResourceAsStream("problems/" + target + ".txt")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(HexFormat.of()::parseHex)
                            .toList();
        }
    }
}
