package infrarust.proxy.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One event as a line: time, level, the part of the proxy or the plugin that speaks, text. Written out instead of a
 * pattern, since a pattern is parsed at every start.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {

    private static final String RESET = "\033[0m";
    private static final String DIM = "\033[2m";
    private static final String PLUGIN = "plugin.";
    private static final String HOUSE = "infrarust.proxy.";

    private final boolean colours;
    /** Asked for with the first line, by the thread that writes: the zones of the world are read for it. */
    private @Nullable ZoneId zone;

    LogLine(boolean colours) {
        this.colours = colours;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        ZoneId here = zone;
        if (here == null) {
            here = ZoneId.systemDefault();
            zone = here; // two threads may both ask; the answer is the same
        }
        LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(event.getTimeStamp()), here);
        StringBuilder line = new StringBuilder(120);
        line.append(colours ? DIM : "");
        digits(line, time.getHour(), 2).append(':');
        digits(line, time.getMinute(), 2).append(':');
        digits(line, time.getSecond(), 2).append('.');
        digits(line, time.getNano() / 1_000_000, 3);
        line.append(colours ? RESET : "").append(' ');
        line.append(colours ? colour(event.getLevel()) : "");
        String level = event.getLevel().toString();
        line.append(level).append(level.length() < 5 ? " " : "");
        line.append(colours ? RESET : "").append(' ');
        String speaker = speaker(event.getLoggerName());
        if (!speaker.isEmpty()) {
            line.append(colours ? DIM : "").append(speaker).append(": ").append(colours ? RESET : "");
        }
        line.append(AnsiText.printable(event.getFormattedMessage())).append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            line.append(AnsiText.printable(ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        return line.toString();
    }

    /** A plugin by its id, a room of the proxy by its name, other code by its class; the application itself by nothing. */
    static String speaker(String logger) {
        if (logger.startsWith(PLUGIN)) {
            return "[" + logger.substring(PLUGIN.length()) + "]";
        }
        if (logger.startsWith(HOUSE)) {
            int end = logger.indexOf('.', HOUSE.length());
            return end < 0 ? "" : logger.substring(HOUSE.length(), end);
        }
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static StringBuilder digits(StringBuilder line, int value, int width) {
        String text = Integer.toString(value);
        return line.append("0".repeat(width - text.length())).append(text);
    }

    private static String colour(Level level) {
        return switch (level.toString().toLowerCase(Locale.ROOT)) {
            case "error" -> "\033[31m";
            case "warn" -> "\033[33m";
            case "info" -> "\033[32m";
            default -> DIM;
        };
    }
}
