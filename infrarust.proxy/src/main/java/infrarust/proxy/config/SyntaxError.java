package infrarust.proxy.config;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** What the TOML parser says, in words that tell an operator what to change. */
final class SyntaxError {

    private static final Pattern BARE_VALUE = Pattern.compile("^[^=#]*=\\s*([^\"'\\[{\\s#][^\"'#]*?)\\s*(#.*)?$");

    private SyntaxError() {}

    /** The error with its place and the offending line. */
    static void report(JacksonException error, String text, Findings findings) {
        List<String> lines = text.lines().toList();
        int number = error.getLocation().getLineNr();
        int column = error.getLocation().getColumnNr();
        if (error.getOriginalMessage().startsWith("Duplicate key")) {
            number = lineBefore(lines, number, column);
            column = 0;
        }
        String line =
                number >= 1 && number <= lines.size() ? lines.get(number - 1).strip() : "";
        String reason = reason(error.getOriginalMessage(), line);
        findings.problem(number, column, line.isEmpty() ? reason : reason + ", in: " + shown(line));
    }

    /** The parser notices a duplicate only at the next token: the last line before it that says something. */
    private static int lineBefore(List<String> lines, int number, int column) {
        boolean standsAlone = number > lines.size()
                || lines.get(number - 1)
                        .substring(0, Math.min(column - 1, lines.get(number - 1).length()))
                        .isBlank();
        int found = standsAlone ? number - 1 : number;
        while (found > 1
                && (lines.get(found - 1).isBlank()
                        || lines.get(found - 1).strip().startsWith("#"))) {
            found--;
        }
        return found;
    }

    private static String reason(String message, String line) {
        if (message.startsWith("Unknown token") || message.startsWith("More data after value")) {
            var bare = BARE_VALUE.matcher(line);
            if (bare.matches()
                    && !bare.group(1).contains("=")
                    && !ChangedSetting.isSecret(line.substring(0, line.indexOf('=')))) {
                String value = bare.group(1);
                return "the value " + value + " is neither a number nor true or false; text needs quotes: \"" + value
                        + "\"";
            }
            return line.contains("=")
                    ? "this cannot be read; one line holds one key = value"
                    : "this is neither key = value nor a [table]";
        }
        if (message.startsWith("Unexpected token")) {
            return "this is neither key = value nor a [table]";
        }
        if (message.startsWith("Duplicate key")) {
            return "this key was already given above";
        }
        if (message.startsWith("Table redefined")) {
            return "this [table] was already given above; put its keys together";
        }
        if (message.startsWith("Premature end of file")) {
            return "the file ends in the middle of a value; a quote or bracket is not closed";
        }
        if (message.startsWith("Newline not permitted")) {
            return "the line ends too early; a quote, bracket or brace is not closed";
        }
        if (message.startsWith("Unknown escape sequence")) {
            return "after a backslash only b t n f r \" \\ u and U may stand; write \\\\ for a backslash,"
                    + " or use 'single quotes'";
        }
        if (message.startsWith("Illegal control character")) {
            return "there is an invisible control character";
        }
        return "this is not TOML (" + message + ")";
    }

    /** Not the value of a secret: the text gets into logs, and to plugins. */
    private static String shown(String line) {
        int end = line.indexOf('=');
        if (end >= 0 && ChangedSetting.isSecret(line.substring(0, end))) {
            return line.substring(0, end).strip() + " = " + ChangedSetting.REDACTED;
        }
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }
}
