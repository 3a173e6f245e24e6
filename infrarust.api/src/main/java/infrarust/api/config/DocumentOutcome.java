package infrarust.api.config;

import java.util.List;

/** What became of a document that a plugin has given. */
public sealed interface DocumentOutcome {

    /**
     * It is part of the configuration.
     *
     * @param server the id of its server
     */
    record Accepted(String server) implements DocumentOutcome {}

    /**
     * It is not: it has a fault, or its id is taken.
     *
     * @param problems a line for each, as {@code source/name:line: text}
     */
    record Refused(List<String> problems) implements DocumentOutcome {

        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** The source has been closed. */
    record Closed() implements DocumentOutcome {}
}
