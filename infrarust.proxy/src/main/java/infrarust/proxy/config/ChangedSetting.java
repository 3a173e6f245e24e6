package infrarust.proxy.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One setting that is not what it was.
 *
 * @param key as the operator writes it, for example {@code timeouts.read}
 * @param before the value as text; secrets are not in it
 * @param after the same
 */
public record ChangedSetting(String key, String before, String after) {

    /** What is shown in place of a secret. */
    public static final String REDACTED = "<redacted>";

    private static final Pattern SECRET =
            Pattern.compile("secret|password|passwd|token|api_?key|private_?key|credential|passphrase");

    /** Whether a key's value is nobody's business; the path of a file that holds a secret is none. */
    static boolean isSecret(String key) {
        String word = key.toLowerCase(Locale.ROOT).replace('-', '_');
        return SECRET.matcher(word).find() && !word.endsWith("_file") && !word.endsWith("_path");
    }

    /** As {@code key: before -> after}. */
    @Override
    public String toString() {
        return key + ": " + before + " -> " + after;
    }
}
