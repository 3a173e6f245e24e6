package infrarust.proxy.console;

import ch.qos.logback.classic.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which log events are shown: a level for everything, and levels for parts.
 *
 * @param root for everything that no part covers
 * @param parts level by logger name, for example {@code infrarust.proxy.net} or {@code plugin.greeter}
 */
public record LogFilter(Level root, Map<String, Level> parts) {

    /** The words that a level may be. */
    public static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");

    public LogFilter {
        parts = Map.copyOf(parts);
    }

    /** Everything from info on. */
    public static LogFilter defaults() {
        return new LogFilter(Level.INFO, Map.of());
    }

    /**
     * Reads {@code level}, {@code name=level}, or several with commas, as in {@code info,infrarust.proxy.net=debug}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static LogFilter parse(String text) {
        Level root = Level.INFO;
        Map<String, Level> parts = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                root = level(part.strip());
            } else {
                parts.put(
                        part.substring(0, equals).strip(),
                        level(part.substring(equals + 1).strip()));
            }
        }
        return new LogFilter(root, parts);
    }

    private static Level level(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(lower)) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is not a log level; there are " + String.join(", ", LEVELS));
        }
        return Level.toLevel(lower);
    }
}
