package infrarust.proxy.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Durations as the configuration writes them: numbers with a unit, largest first or not, for example {@code 5s},
 * {@code 200ms}, {@code 1h30m}. Units are {@code ms}, {@code s}, {@code m}, {@code h} and {@code d}.
 */
public final class DurationText {

    /** The longest that can be written; far beyond any use, and still safe to count in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private DurationText() {}

    /** The duration, or empty when the text is not one. */
    public static Optional<Duration> parse(String text) {
        Duration sum = Duration.ZERO;
        int at = 0;
        do {
            int digits = at;
            while (digits < text.length() && isDigit(text.charAt(digits))) {
                digits++;
            }
            int end = digits;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            // Twelve digits are 31 years of milliseconds; more cannot be meant and could overflow.
            if (digits == at || digits - at > 12) {
                return Optional.empty();
            }
            long count = Long.parseLong(text, at, digits, 10);
            Duration unit = switch (text.substring(digits, end)) {
                case "ms" -> Duration.ofMillis(1);
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                case "d" -> Duration.ofDays(1);
                default -> Duration.ZERO;
            };
            if (unit.isZero()) {
                return Optional.empty();
            }
            sum = sum.plus(unit.multipliedBy(count));
            if (sum.compareTo(LONGEST) > 0) {
                return Optional.empty();
            }
            at = end;
        } while (at < text.length());
        return Optional.of(sum);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The shortest text that {@link #parse} reads as this duration; fractions of a millisecond are dropped. */
    public static String format(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count != 0) {
            text.append(count).append(unit);
        }
    }
}
