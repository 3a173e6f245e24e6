package infrarust.wasm.conformance;

import java.util.Map;
import java.util.TreeMap;

/** Counts outcomes by kind of command. */
final class Tally {

    private final Map<String, int[]> counts = new TreeMap<>();
    private final Map<String, Integer> skipped = new TreeMap<>();

    void add(String word, Outcome outcome) {
        int column = switch (outcome) {
            case Outcome.Passed _ -> 0;
            case Outcome.Failed _ -> 1;
            case Outcome.Skipped(String reason, String _) -> {
                skipped.merge(reason, 1, Integer::sum);
                yield 2;
            }
        };
        counts.computeIfAbsent(word, _ -> new int[3])[column]++;
    }

    void add(Tally other) {
        other.counts.forEach((word, theirs) -> {
            int[] ours = counts.computeIfAbsent(word, _ -> new int[3]);
            for (int i = 0; i < ours.length; i++) {
                ours[i] += theirs[i];
            }
        });
        other.skipped.forEach((reason, count) -> skipped.merge(reason, count, Integer::sum));
    }

    /** One line, such as {@code 12 passed, 1 failed, 0 skipped}. */
    String line() {
        int[] sum = new int[3];
        counts.values().forEach(c -> {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += c[i];
            }
        });
        return "%4d passed, %3d failed, %3d skipped".formatted(sum[0], sum[1], sum[2]);
    }

    /** A table by kind of command, and why commands were skipped. */
    String table() {
        StringBuilder text = new StringBuilder("%-24s %7s %7s %7s%n".formatted("", "passed", "failed", "skipped"));
        counts.forEach((word, c) -> text.append("%-24s %7d %7d %7d%n".formatted(word, c[0], c[1], c[2])));
        skipped.forEach((reason, count) -> text.append("skipped %d: %s%n".formatted(count, reason)));
        return text.toString();
    }
}
