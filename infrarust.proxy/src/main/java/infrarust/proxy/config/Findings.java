package infrarust.proxy.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong and what is doubtful while one file is read. For one thread. */
final class Findings {

    private static final Comparator<Problem> TOP_TO_BOTTOM =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** For a file as the operator would name it. */
    Findings(String file) {
        this.file = file;
    }

    void problem(int line, String text) {
        problems.add(new Problem(file, line, 0, text));
    }

    void problem(int line, int column, String text) {
        problems.add(new Problem(file, line, column, text));
    }

    void warning(int line, String text) {
        warnings.add(new Problem(file, line, 0, text));
    }

    String file() {
        return file;
    }

    /** What makes the file unusable, top to bottom. */
    List<Problem> problems() {
        return problems.stream().sorted(TOP_TO_BOTTOM).toList();
    }

    /** What the operator should know although the file can be used, top to bottom. */
    List<Problem> warnings() {
        return warnings.stream().sorted(TOP_TO_BOTTOM).toList();
    }
}
