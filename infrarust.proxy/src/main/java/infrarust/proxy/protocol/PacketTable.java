package infrarust.proxy.protocol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * The packet ids of every known version, read once from the resource {@code packet-ids.txt}. Immutable; any thread.
 *
 * <p>A version between two known ones has the ids of the older one, an older than the oldest those of the oldest, and a
 * newer than the newest those of the newest: a release that changes nothing needs no new column.
 */
@SuppressWarnings("EnumOrdinal") // indexes arrays by constants of this very table
public final class PacketTable {

    private static final String RESOURCE = "packet-ids.txt";

    private final List<ProtocolVersion> versions;
    private final List<PacketIds> ids;

    private PacketTable(List<ProtocolVersion> versions, List<PacketIds> ids) {
        this.versions = versions;
        this.ids = ids;
    }

    /**
     * Reads the table that comes with the proxy.
     *
     * @throws IllegalStateException when the resource is missing or a row of it is wrong; the message names the row
     */
    public static PacketTable load() {
        var stream = PacketTable.class.getResourceAsStream(RESOURCE);
        if (stream == null) {
            throw new IllegalStateException("The resource " + RESOURCE + " is missing from the proxy's module");
        }
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + RESOURCE, e);
        }
    }

    static PacketTable parse(List<String> lines) {
        int[] numbers = {};
        String[] names = {};
        int[][] idsByColumn = {};
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = cells(line);
            switch (cells[0]) {
                case "protocol" -> {
                    numbers = Arrays.stream(cells)
                            .skip(1)
                            .mapToInt(Integer::parseInt)
                            .toArray();
                    idsByColumn = new int[numbers.length][PacketType.values().length];
                    for (int[] column : idsByColumn) {
                        Arrays.fill(column, PacketIds.ABSENT);
                    }
                }
                case "version" -> names = Arrays.copyOfRange(cells, 1, cells.length);
                default -> row(line, cells, idsByColumn);
            }
        }
        if (numbers.length == 0 || names.length != numbers.length) {
            throw new IllegalStateException(
                    RESOURCE + ": " + numbers.length + " protocol numbers, " + names.length + " names");
        }
        var versions = new ArrayList<ProtocolVersion>();
        var ids = new ArrayList<PacketIds>();
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0 && numbers[i] <= numbers[i - 1]) {
                throw new IllegalStateException(RESOURCE + ": protocol numbers must rise, " + numbers[i] + " does not");
            }
            versions.add(new ProtocolVersion(numbers[i], names[i]));
            ids.add(new PacketIds(numbers[i], idsByColumn[i]));
        }
        return new PacketTable(List.copyOf(versions), List.copyOf(ids));
    }

    /** What blanks separate; written out because the first regular expression of a process costs milliseconds. */
    private static String[] cells(String line) {
        StringTokenizer words = new StringTokenizer(line);
        String[] cells = new String[words.countTokens()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = words.nextToken();
        }
        return cells;
    }

    private static void row(String line, String[] cells, int[][] idsByColumn) {
        if (cells.length != idsByColumn.length + 3) {
            throw new IllegalStateException(RESOURCE + ": " + (cells.length - 3) + " ids for " + idsByColumn.length
                    + " versions in the row: " + line.strip());
        }
        var name = (cells[0] + "_" + cells[1] + "_" + cells[2]).toUpperCase(Locale.ROOT);
        int packet = PacketType.valueOf(name).ordinal();
        int id = PacketIds.ABSENT;
        for (int column = 0; column < idsByColumn.length; column++) {
            id = switch (cells[column + 3]) {
                case "." -> id;
                case "-" -> PacketIds.ABSENT;
                default -> Integer.parseInt(cells[column + 3], 16);
            };
            idsByColumn[column][packet] = id;
        }
    }

    /** All known versions, oldest first. */
    public List<ProtocolVersion> versions() {
        return versions;
    }

    /** The newest known version. */
    public ProtocolVersion newest() {
        return versions.getLast();
    }

    /** The version with that number; an unknown one is named after its number. */
    public ProtocolVersion version(int protocol) {
        ProtocolVersion known = versions.get(column(protocol));
        return known.number() == protocol ? known : new ProtocolVersion(protocol, "protocol " + protocol);
    }

    /** Whether the table has a column for exactly that number. */
    public boolean isKnown(int protocol) {
        return versions.get(column(protocol)).number() == protocol;
    }

    /** The ids for a connection that speaks that number, known or not; see the class for the bands. Resolve once per connection. */
    public PacketIds ids(int protocol) {
        PacketIds known = ids.get(column(protocol));
        return known.protocol() == protocol ? known : known.withProtocol(protocol);
    }

    private int column(int protocol) {
        int low = 0;
        int high = versions.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (versions.get(middle).number() <= protocol) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
