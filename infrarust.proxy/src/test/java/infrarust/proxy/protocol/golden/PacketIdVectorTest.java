package infrarust.proxy.protocol.golden;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of ids against the ids that minecraft-data has, for every version that it describes. */
class PacketIdVectorTest {

    private static final String NONE = "-";

    private final PacketTable table = PacketTable.load();

    /** The rows of the vector: direction, state and packet, then "protocol=id" where the id changes. */
    static List<String> rows() {
        return GoldenVector.lines("ids.txt").stream().skip(1).toList();
    }

    private static int[] versions() {
        return Arrays.stream(GoldenVector.lines("ids.txt").getFirst().split(" ", -1))
                .skip(1)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static PacketType type(String row) {
        String[] words = row.split(" ", -1);
        return PacketType.valueOf(String.join("_", words[0], words[1], words[2]).toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_packet_has_the_same_id_in_every_version(String row) {
        PacketType type = type(row);
        String[] words = row.split(" ", -1);
        List<String> wrong = new ArrayList<>();
        String expected = NONE;
        int change = 3;
        for (int version : versions()) {
            if (change < words.length && words[change].startsWith(version + "=")) {
                expected = words[change++].substring(words[change - 1].indexOf('=') + 1);
            }
            String id = table.ids(version).has(type)
                    ? "%02X".formatted(table.ids(version).id(type))
                    : NONE;
            if (!id.equals(expected)) {
                wrong.add(type + " in " + version + ": " + id + " instead of " + expected);
            }
        }
        assertThat(change).as("changes used of %s", row).isEqualTo(words.length);
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_packet_of_the_table_is_compared() {
        Set<PacketType> compared = EnumSet.of(PacketType.UNKNOWN);
        rows().forEach(row -> compared.add(type(row)));
        assertThat(compared).containsExactlyInAnyOrder(PacketType.values());
    }

    @Test
    void the_versions_that_are_compared_are_all_but_four_of_the_table() {
        List<Integer> others = new ArrayList<>();
        table.versions().forEach(version -> others.add(version.number()));
        Arrays.stream(versions()).boxed().forEach(others::remove);
        // 1.7.2, 1.14.2, 26.2 and 26.3, which minecraft-data does not describe.
        assertThat(others).containsExactly(4, 485, 776, 777);
    }
}
