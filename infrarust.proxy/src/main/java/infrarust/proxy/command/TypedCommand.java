package infrarust.proxy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * A line that somebody gives as a command, without its slash.
 *
 * @param label the first word, as it was typed
 * @param raw what follows the label and one blank
 * @param hasBlank whether a blank follows the label, so that arguments begin
 */
public record TypedCommand(String label, String raw, boolean hasBlank) {

    /** Takes a line apart. Blanks before the label are no part of it. */
    public static TypedCommand of(String line) {
        String text = line.stripLeading();
        int blank = text.indexOf(' ');
        return blank < 0
                ? new TypedCommand(text, "", false)
                : new TypedCommand(text.substring(0, blank), text.substring(blank + 1), true);
    }

    /** The label as names are compared. */
    public String key() {
        return label.toLowerCase(Locale.ROOT);
    }

    /** The words behind the label. */
    public List<String> arguments() {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(raw);
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    /** The words behind the label with the one under the cursor, which is at the end, as the last; it may be empty. */
    public List<String> unfinishedArguments() {
        List<String> words = arguments();
        if (raw.isEmpty() || Character.isWhitespace(raw.charAt(raw.length() - 1))) {
            words.add("");
        }
        return words;
    }
}
