package infrarust.proxy;

import infrarust.proxy.config.ConfigLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.help.HelpFormatter;
import org.apache.commons.cli.help.TextHelpAppendable;

/** The options of the command line, and the texts that explain them. */
final class Usage {

    static final String CHECK = "check";

    static final Option HELP =
            Option.builder("h").longOpt("help").desc("say this and end").get();
    static final Option VERSION = Option.builder("V")
            .longOpt("version")
            .desc("say the version and end")
            .get();
    static final Option CONFIG = withValue(
            "c", "config", "FILE", "the configuration (default: " + ConfigLoader.DEFAULT_FILE + ", if it is there)");
    static final Option BIND =
            withValue("b", "bind", "ADDRESS", "where to listen, as host:port; wins over the configuration");
    static final Option SERVERS_DIR =
            withValue(null, "servers-dir", "DIR", "folder of the server files; wins over the configuration");
    static final Option PLUGINS_DIR =
            withValue(null, "plugins-dir", "DIR", "folder of the plugins; wins over the configuration");
    static final Option LOG_LEVEL = withValue(
            "l",
            "log-level",
            "LEVEL",
            "trace, debug, info, warn, error or off; for parts as in info,infrarust.proxy.net=debug (default: "
                    + CommandLineArguments.LOG_VARIABLE + ", else info)");

    /** For launchers; not in the help. */
    static final Option EXIT_AFTER_START =
            Option.builder().longOpt("exit-after-start").get();

    private static final List<Option> OF_CHECK = List.of(CONFIG, BIND, SERVERS_DIR, PLUGINS_DIR, HELP, VERSION);
    private static final List<Option> OF_PROXY =
            List.of(CONFIG, BIND, LOG_LEVEL, SERVERS_DIR, PLUGINS_DIR, HELP, VERSION);
    private static final int WIDTH = 100;

    private Usage() {}

    private static Option withValue(String letter, String name, String value, String text) {
        return Option.builder(letter)
                .longOpt(name)
                .hasArg()
                .argName(value)
                .desc(text)
                .get();
    }

    /** All that can be parsed. */
    static Options everyOption() {
        Options options = new Options();
        OF_PROXY.forEach(options::addOption);
        return options.addOption(EXIT_AFTER_START);
    }

    /** The names that the help lists. */
    static List<String> optionNames() {
        return OF_PROXY.stream().map(option -> "--" + option.getLongOpt()).toList();
    }

    /** The help of the proxy itself. */
    static String ofProxy() {
        return help("infrarust [OPTIONS] [check [SERVER]]", OF_PROXY, "A Minecraft reverse proxy with plugins.") + """

                Commands:
                  check           read the configuration, say what it means and what is wrong with it
                  check SERVER    log in at that server as the proxy does for players, and explain the result

                Exit codes:
                  0    stopped in order, or nothing wrong
                  1    the configuration cannot be used, or the proxy cannot start
                  2    wrong command line
                  3    check SERVER: the server cannot be reached
                  4    check SERVER: the server does not let players in, or not as who they are

                Without a configuration file, every player walks into a lobby that the proxy holds itself.""";
    }

    /** The help of its {@code check} command. */
    static String ofCheck() {
        return help(
                        "infrarust check [OPTIONS] [SERVER]",
                        OF_CHECK,
                        "Reads the configuration, says what it means and what is wrong with it. With the id of a server: logs in"
                                + " there as the proxy does for players, and says what was asked, what was answered and"
                                + " what has to be changed. A server before 1.20.2 sees a player join and leave.")
                .stripTrailing();
    }

    private static String help(String command, List<Option> options, String purpose) {
        StringBuilder text = new StringBuilder();
        TextHelpAppendable appendable = new TextHelpAppendable(text);
        appendable.setMaxWidth(WIDTH);
        appendable.setLeftPad(0);
        HelpFormatter formatter = HelpFormatter.builder()
                .setHelpAppendable(appendable)
                .setShowSince(false)
                .setComparator((a, b) -> Integer.compare(options.indexOf(a), options.indexOf(b)))
                .get();
        try {
            formatter.printHelp(command, purpose, options, "", false);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder takes all", e);
        }
        return text.toString().lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
    }

    /** The version of the build. */
    static String version() {
        try (InputStream text = Infrarust.class.getResourceAsStream("version.txt")) {
            return text == null ? "unknown" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown"; // only a broken installation cannot read its own jar, and that shows elsewhere
        }
    }
}
