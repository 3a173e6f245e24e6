package infrarust.proxy.protocol.golden;

import io.netty.buffer.ByteBufUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The body of a packet, without its id, in a run of versions.
 *
 * @param source the file that it is from
 * @param packet the name in {@link GoldenPackets}
 * @param since the first protocol number
 * @param until the last
 * @param bytes the body
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record GoldenVector(String source, String packet, int since, int until, byte[] bytes) {

    /** The vectors of a resource. */
    public static List<GoldenVector> load(String source) {
        return lines(source).stream()
                .map(line -> {
                    String[] words = line.split(" ", -1);
                    String[] versions = words[1].split("-", -1);
                    return new GoldenVector(
                            source,
                            words[0],
                            Integer.parseInt(versions[0]),
                            Integer.parseInt(versions[versions.length - 1]),
                            words[2].equals("-") ? new byte[0] : ByteBufUtil.decodeHexDump(words[2]));
                })
                .toList();
    }

    /** What a resource says, without its comments. */
    static List<String> lines(String source) {
        var stream =
                Objects.requireNonNull(GoldenVector.class.getResourceAsStream(source), () -> "No resource " + source);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return packet + " " + since + "-" + until + " of " + source;
    }
}
