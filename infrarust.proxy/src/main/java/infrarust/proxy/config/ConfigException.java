package infrarust.proxy.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Carries every problem of every file, so that one look is enough to mend all. */
public final class ConfigException extends RuntimeException {

    private final transient List<Problem> problems;

    /** With at least one problem, in the order in which to show them. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All problems: file by file, each file from top to bottom. */
    public List<Problem> problems() {
        return problems;
    }
}
