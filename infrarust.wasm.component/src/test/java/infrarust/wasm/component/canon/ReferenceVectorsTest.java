package infrarust.wasm.component.canon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.StringEncoding;
import infrarust.wasm.spi.CoreTrap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Lifting and lowering agree with the reference implementation on values, memory bytes, core values and traps. What the lines of
 * the vectors mean is said in {@code src/test/vectors/make-vectors.py}, which makes them.
 */
class ReferenceVectorsTest {

    private static final int READ_SIZE = 1024;
    private static final int WRITE_SIZE = 65_536;

    @TestFactory
    Stream<DynamicTest> every_type_lifts_and_lowers_as_in_the_reference() throws IOException {
        List<List<String>> groups = new ArrayList<>();
        try (InputStream in = ReferenceVectorsTest.class.getResourceAsStream("vectors.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
            for (String line : text.lines().toList()) {
                if (line.startsWith("type ")) {
                    groups.add(new ArrayList<>());
                }
                groups.getLast().add(line);
            }
        }
        assertThat(groups).hasSizeGreaterThan(200);
        return groups.stream()
                .map(group ->
                        DynamicTest.dynamicTest(group.getFirst(), () -> new Group(group.getFirst()).check(group)));
    }

    /** A type and the lines about it. */
    private static final class Group {

        private final Mapping mapping;
        private final Map<StringEncoding, SamplePlan> plans = new EnumMap<>(StringEncoding.class);
        private @Nullable Object value;

        Group(String line) {
            int end = line.charAt(5) == '(' ? line.lastIndexOf(')') + 1 : line.indexOf(' ', 5);
            mapping = SampleType.parse(line.substring(5, end));
            String[] layout = line.substring(end + 1).split(" ", 3);
            assertThat(Layout.size(mapping.type())).isEqualTo(Long.parseLong(layout[0]));
            assertThat(Layout.alignment(mapping.type())).isEqualTo(Integer.parseInt(layout[1]));
            var flat = Layout.flatten(mapping.type());
            assertThat(
                            flat.size() > Layout.MAX_FLAT_PARAMS
                                    ? "many"
                                    : flat.stream()
                                            .map(t -> t.name().toLowerCase(Locale.ROOT))
                                            .collect(Collectors.joining(" ")))
                    .isEqualTo(layout[2]);
        }

        void check(List<String> lines) throws Throwable {
            for (String line : lines.subList(1, lines.size())) {
                String[] sides = line.split(" = ", 2);
                String[] words = sides[0].split(" ", 4);
                SamplePlan plan = plans.computeIfAbsent(encoding(words[1]), e -> new SamplePlan(mapping, e));
                switch (words[0]) {
                    case "load", "flat" -> lift(line, plan, words, sides[1]);
                    case "store" -> store(line, plan, sides[1].split(" ", 2));
                    case "lower" -> lower(line, plan, sides[1].split(" ", 2));
                    default -> throw new IllegalArgumentException(line);
                }
            }
        }

        private void lift(String line, SamplePlan plan, String[] words, String expected) throws Throwable {
            CountingGuest guest = new CountingGuest(READ_SIZE);
            fill(guest.memory.bytes, words[3]);
            if (expected.equals("trap")) {
                assertThatThrownBy(() -> lift(plan, guest, words)).as(line).isInstanceOf(CoreTrap.class);
            } else {
                Object lifted = lift(plan, guest, words);
                assertThat(SampleType.show(mapping, lifted)).as(line).isEqualTo(expected);
                value = lifted;
            }
        }

        private static Object lift(SamplePlan plan, CountingGuest guest, String[] words) throws Throwable {
            return words[0].equals("load")
                    ? plan.load(guest, Integer.parseInt(words[2]))
                    : plan.liftFlat(guest, slots(words[2]));
        }

        private void store(String line, SamplePlan plan, String[] expected) throws Throwable {
            CountingGuest guest = new CountingGuest(WRITE_SIZE);
            plan.store(guest, Integer.parseInt(expected[0]), Objects.requireNonNull(value));
            assertMemory(line, guest, expected[1]);
        }

        private void lower(String line, SamplePlan plan, String[] expected) throws Throwable {
            CountingGuest guest = new CountingGuest(WRITE_SIZE);
            assertThat(plan.lowerFlat(guest, Objects.requireNonNull(value)))
                    .as(line)
                    .isEqualTo(slots(expected[0]));
            assertMemory(line, guest, expected[1]);
        }

        private static void assertMemory(String line, CountingGuest guest, String segments) {
            byte[] expected = new byte[WRITE_SIZE];
            fill(expected, segments);
            assertThat(Arrays.mismatch(guest.memory.bytes, expected)).as(line).isEqualTo(-1);
        }
    }

    static StringEncoding encoding(String name) {
        return switch (name) {
            case "utf8" -> StringEncoding.UTF8;
            case "utf16" -> StringEncoding.UTF16;
            default -> StringEncoding.LATIN1_UTF16;
        };
    }

    private static long[] slots(String text) {
        return Arrays.stream(text.split(","))
                .mapToLong(hex -> Long.parseUnsignedLong(hex, 16))
                .toArray();
    }

    static void fill(byte[] memory, String segments) {
        if (segments.equals("-")) {
            return;
        }
        for (String segment : segments.split(" ", -1)) {
            String[] parts = segment.split(":", -1);
            byte[] bytes = HexFormat.of().parseHex(parts[1]);
            System.arraycopy(bytes, 0, memory, Integer.parseInt(parts[0]), bytes.length);
        }
    }
}
