package infrarust.proxy.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Which known name was meant by a mistyped one: "did you mean …?". */
public final class NearestName {

    private NearestName() {}

    /**
     * The candidate with the fewest edits (insert, delete, replace, swap of neighbours) from the word, if there are so
     * few that a slip of the fingers explains them: one per three letters, at least one. Case, and {@code -} for
     * {@code _}, do not count.
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        String typed = fold(word);
        String best = "";
        int bestEdits = Math.max(1, typed.length() / 3) + 1;
        for (String candidate : candidates) {
            int edits = edits(typed, fold(candidate));
            if (edits < bestEdits) {
                bestEdits = edits;
                best = candidate;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static String fold(String word) {
        String folded = word.toLowerCase(Locale.ROOT).replace('-', '_');
        return folded.length() > 64 ? folded.substring(0, 64) : folded;
    }

    /** Optimal string alignment distance, row by row. */
    private static int edits(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(last[j - 1] + replace, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, beforeLast[j - 2] + 1);
                }
                row[j] = least;
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
