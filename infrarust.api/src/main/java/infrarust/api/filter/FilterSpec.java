package infrarust.api.filter;

import infrarust.api.event.EventPriority;
import java.util.List;

/**
 * What a filter is called and where it stands among the others of its kind: behind and before those that it names, otherwise by
 * priority and then in the order of registration. Names of filters that are not there mean nothing.
 *
 * @param id what it is called, for all plugins: 1 to 64 characters without blanks; {@code <plugin id>:<name>} by custom
 * @param priority lower numbers meet the bytes first
 * @param after the ids of filters that meet the bytes before it
 * @param before the ids of filters that meet the bytes after it
 */
public record FilterSpec(String id, EventPriority priority, List<String> after, List<String> before) {

    /** Longest id. */
    public static final int MAX_ID = 64;

    /** @throws IllegalArgumentException if the id does not have the form */
    public FilterSpec {
        if (id.isEmpty()
                || id.length() > MAX_ID
                || id.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new IllegalArgumentException("\"" + id + "\" cannot be a filter's id: it needs 1 to " + MAX_ID
                    + " characters, none of them a blank or a control character");
        }
        after = List.copyOf(after);
        before = List.copyOf(before);
    }

    /** A filter of normal priority. */
    public static FilterSpec of(String id) {
        return new FilterSpec(id, EventPriority.NORMAL, List.of(), List.of());
    }

    /** The same with that priority. */
    public FilterSpec withPriority(EventPriority other) {
        return new FilterSpec(id, other, after, before);
    }

    /** The same, behind those filters and no others. */
    public FilterSpec after(String... ids) {
        return new FilterSpec(id, priority, List.of(ids), before);
    }

    /** The same, before those filters and no others. */
    public FilterSpec before(String... ids) {
        return new FilterSpec(id, priority, after, List.of(ids));
    }
}
