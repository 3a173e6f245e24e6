package infrarust.api.ban;

import java.util.List;
import java.util.Optional;

/**
 * A part of a long list.
 *
 * @param entries those of this part, the newest first
 * @param nextCursor what to ask with for the next part; empty when this was the last one. Means something only to whoever
 *     has made it
 */
public record Page<T>(List<T> entries, Optional<String> nextCursor) {

    /** The most entries that one page has; who asks for more gets these. */
    public static final int MOST = 1_000;

    public Page {
        entries = List.copyOf(entries);
    }

    /** Nothing. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), Optional.empty());
    }
}
