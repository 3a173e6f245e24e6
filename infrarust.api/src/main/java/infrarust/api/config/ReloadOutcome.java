package infrarust.api.config;

import java.util.List;

/** What came of reading the configuration again. */
public sealed interface ReloadOutcome {

    /**
     * Another configuration holds.
     *
     * @param added ids of servers that are new
     * @param removed ids of servers that are gone
     * @param updated ids of servers that are not what they were
     */
    record Changed(List<String> added, List<String> removed, List<String> updated) implements ReloadOutcome {

        public Changed {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            updated = List.copyOf(updated);
        }
    }

    /** It says what it said. */
    record Unchanged() implements ReloadOutcome {}

    /**
     * It cannot be used, and the last good one stays.
     *
     * @param problems a line for each, as {@code file:line: text}
     */
    record Failed(List<String> problems) implements ReloadOutcome {

        public Failed {
            problems = List.copyOf(problems);
        }
    }
}
