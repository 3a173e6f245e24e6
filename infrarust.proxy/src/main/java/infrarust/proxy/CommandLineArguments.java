package infrarust.proxy;

import infrarust.proxy.config.Address;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.NearestName;
import infrarust.proxy.console.LogFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * What the command line asks for. The options are declared in code, not by annotations, which would be read by reflection
 * at every start.
 */
sealed interface CommandLineArguments {

    /** The environment variable that says what {@code --log-level} says, and yields to it. */
    String LOG_VARIABLE = "INFRARUST_LOG";

    /**
     * Run the proxy.
     *
     * @param exitAfterStart stop again once it has answered a ping of its own; for launchers that train a start-up cache
     */
    record Start(ConfigLoader.Request config, LogFilter log, boolean exitAfterStart) implements CommandLineArguments {}

    /** Say what the configuration means, and what is wrong with it. */
    record Check(ConfigLoader.Request config) implements CommandLineArguments {}

    /** Only print this. */
    record Answer(String text) implements CommandLineArguments {}

    /** The command line makes no sense; this says why. */
    record Wrong(String text) implements CommandLineArguments {}

    /** Reads a command line. */
    static CommandLineArguments parse(String... arguments) {
        CommandLine commandLine = new CommandLine(root());
        try {
            ParseResult parsed = commandLine.parseArgs(arguments);
            ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
            if (parsed.isVersionHelpRequested() || last.isVersionHelpRequested()) {
                return new Answer("infrarust " + version());
            }
            if (parsed.isUsageHelpRequested() || last.isUsageHelpRequested()) {
                CommandLine asked = last.commandSpec().commandLine();
                return new Answer(
                        asked.getUsageMessage(CommandLine.Help.Ansi.AUTO).stripTrailing());
            }
            ConfigLoader.Request request = request(parsed, last);
            if (parsed.hasSubcommand()) {
                return new Check(request);
            }
            boolean exitAfterStart = parsed.hasMatchedOption("--exit-after-start");
            if (exitAfterStart && request.bind().isEmpty()) {
                request = new ConfigLoader.Request(
                        request.file(),
                        Optional.of(new Address("127.0.0.1", 0)),
                        request.serversDir(),
                        request.pluginsDir());
            }
            return new Start(request, log(parsed, commandLine), exitAfterStart);
        } catch (ParameterException e) {
            StringBuilder text = new StringBuilder("infrarust: ").append(e.getMessage());
            if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
                NearestName.of(unmatched.getUnmatched().getFirst(), names(commandLine.getCommandSpec()))
                        .ifPresent(near ->
                                text.append("; did you mean ").append(near).append('?'));
            }
            return new Wrong(text.append(System.lineSeparator())
                    .append("Try infrarust --help.")
                    .toString());
        }
    }

    private static List<String> names(CommandSpec root) {
        List<String> names = new ArrayList<>(root.subcommands().keySet());
        root.options().stream().filter(option -> !option.hidden()).forEach(option -> names.add(option.longestName()));
        return names;
    }

    private static LogFilter log(ParseResult parsed, CommandLine commandLine) {
        LogFilter option = parsed.matchedOptionValue("--log-level", (LogFilter) null);
        String variable = System.getenv(LOG_VARIABLE);
        if (option != null || variable == null || variable.isBlank()) {
            return option == null ? LogFilter.defaults() : option;
        }
        try {
            return LogFilter.parse(variable);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, LOG_VARIABLE + ": " + e.getMessage(), e);
        }
    }

    private static ConfigLoader.Request request(ParseResult root, ParseResult last) {
        return new ConfigLoader.Request(
                option(root, last, "--config"),
                option(root, last, "--bind"),
                option(root, last, "--servers-dir"),
                option(root, last, "--plugins-dir"));
    }

    /** An option may stand before or behind the subcommand. */
    private static <T> Optional<T> option(ParseResult root, ParseResult last, String name) {
        @Nullable T value = last.matchedOptionValue(name, (T) null);
        return Optional.ofNullable(value != null ? value : root.matchedOptionValue(name, (T) null));
    }

    private static CommandSpec root() {
        CommandSpec root = shared("infrarust", "A Minecraft reverse proxy with plugins.")
                .addOption(OptionSpec.builder("-l", "--log-level")
                        .type(LogFilter.class)
                        .converters(text -> converted(() -> LogFilter.parse(text)))
                        .paramLabel("LEVEL")
                        .description(
                                "trace, debug, info, warn, error or off; for parts as in info,infrarust.proxy.net=debug"
                                        + " (default: " + LOG_VARIABLE + ", else info)")
                        .build())
                .addOption(OptionSpec.builder("--exit-after-start").hidden(true).build())
                .addSubcommand(
                        "check",
                        shared("check", "Reads the configuration and says what it means and what is wrong with it."));
        root.usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Map.of(
                        "0", "stopped in order, or nothing wrong",
                        "1", "the configuration cannot be used, or the proxy cannot start",
                        "2", "wrong command line"))
                .footer(
                        "",
                        "Without a configuration file, every player walks into a lobby that the proxy holds itself.");
        return root;
    }

    private static CommandSpec shared(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(description).width(100);
        return spec.addOption(OptionSpec.builder("-c", "--config")
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("the configuration (default: " + ConfigLoader.DEFAULT_FILE + ", if it is there)")
                        .build())
                .addOption(OptionSpec.builder("-b", "--bind")
                        .type(Address.class)
                        .converters(text -> converted(() -> Address.parse(text)))
                        .paramLabel("ADDRESS")
                        .description("where to listen, as host:port; wins over the configuration")
                        .build())
                .addOption(OptionSpec.builder("--servers-dir")
                        .type(Path.class)
                        .paramLabel("DIR")
                        .description("folder of the server files; wins over the configuration")
                        .build())
                .addOption(OptionSpec.builder("--plugins-dir")
                        .type(Path.class)
                        .paramLabel("DIR")
                        .description("folder of the plugins; wins over the configuration")
                        .build());
    }

    private static <T> T converted(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
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
