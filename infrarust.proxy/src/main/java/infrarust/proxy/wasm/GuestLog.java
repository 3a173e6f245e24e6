package infrarust.proxy.wasm;

import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Writes what a guest says into the proxy's log, such that it cannot look like a line of someone else. */
public final class GuestLog {

    private GuestLog() {}

    /** One line of log for each line of the message; other control characters, such as escape sequences, become {@code ?}. */
    public static void write(Logger logger, Level level, String message) {
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        message.lines().forEach(line -> logger.atLevel(level).log(clean(line)));
    }

    private static String clean(String line) {
        if (line.chars().noneMatch(GuestLog::isUnwanted)) {
            return line;
        }
        var clean = new StringBuilder(line.length());
        line.chars().forEach(each -> clean.append(isUnwanted(each) ? '?' : (char) each));
        return clean.toString();
    }

    private static boolean isUnwanted(int character) {
        return Character.isISOControl(character) && character != '\t';
    }
}
