package infrarust.proxy.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether this process may read its terminal. One in the background (started with {@code &}, or in a session of its own) would be
 * stopped by the system, or take the keys from the shell.
 */
final class ForegroundProcess {

    private static final Path STATE = Path.of("/proc/self/stat");

    /** Places behind the name of the program (proc_pid_stat(5)): its process group, and the one in the foreground. */
    private static final int GROUP = 2;

    private static final int FOREGROUND_GROUP = 5;

    private ForegroundProcess() {}

    /** Asks the system; where it has no such file, the answer is yes. */
    static boolean isThis() {
        try {
            return isInForeground(Files.readString(STATE, StandardCharsets.ISO_8859_1));
        } catch (IOException unknown) {
            return true;
        }
    }

    /** @param state a line of that file */
    static boolean isInForeground(String state) {
        // The name may hold anything, parentheses and blanks too.
        List<String> fields =
                List.of(state.substring(state.lastIndexOf(')') + 1).strip().split(" "));
        return fields.size() <= FOREGROUND_GROUP || fields.get(GROUP).equals(fields.get(FOREGROUND_GROUP));
    }
}
