package infrarust.proxy.console;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether output may be coloured. */
public final class Colours {

    private Colours() {}

    /**
     * What the environment wants: {@code INFRARUST_COLOR} (always, never), {@code NO_COLOR}, {@code FORCE_COLOR} and {@code
     * CLICOLOR_FORCE}, in this order; else colours on a terminal that knows them.
     *
     * @param environment the value of a variable, or null
     * @param terminal whether the output is a terminal
     */
    public static boolean wanted(Function<String, @Nullable String> environment, boolean terminal) {
        String own = environment.apply("INFRARUST_COLOR");
        if ("always".equals(own) || "never".equals(own)) {
            return own.equals("always");
        }
        if (isSet(environment.apply("NO_COLOR"))) {
            return false;
        }
        if (isSet(environment.apply("FORCE_COLOR")) || isSet(environment.apply("CLICOLOR_FORCE"))) {
            return true;
        }
        return terminal && !"dumb".equals(environment.apply("TERM"));
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty() && !value.equals("0");
    }

    /** Whether this terminal has every colour, as {@code COLORTERM} says. */
    static boolean allHere() {
        String depth = System.getenv("COLORTERM");
        return "truecolor".equals(depth) || "24bit".equals(depth);
    }

    /** For this process and its standard output. */
    static boolean wantedHere() {
        return wanted(System::getenv, isOnTerminal());
    }

    /** Whether standard input and output are a terminal both. */
    static boolean isOnTerminal() {
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
    }
}
