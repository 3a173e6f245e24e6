package infrarust.proxy;

import infrarust.proxy.config.Address;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.NearestName;
import infrarust.proxy.console.LogFilter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** What the command line asks for. */
sealed interface CommandLineArguments {

    /** The environment variable that says what {@code --log-level} says, and yields to it. */
    String LOG_VARIABLE = "INFRARUST_LOG";

    /**
     * Run the proxy.
     *
     * @param exitAfterStart stop again once it has answered a ping of its own; for launchers that train a start-up cache
     */
    record Start(ConfigLoader.Request config, LogFilter log, boolean exitAfterStart) implements CommandLineArguments {}

    /**
     * Say what the configuration means, and what is wrong with it.
     *
     * @param server the id of a server at which to try a login
     */
    record Check(ConfigLoader.Request config, Optional<String> server) implements CommandLineArguments {}

    /** Only print this. */
    record Answer(String text) implements CommandLineArguments {}

    /** The command line makes no sense; this says why. */
    record Wrong(String text) implements CommandLineArguments {}

    /** Reads a command line. Options may stand before or behind the command. */
    static CommandLineArguments parse(String... arguments) {
        try {
            CommandLine line = DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(Usage.everyOption(), arguments);
            boolean check = isCheck(line.getArgList());
            if (line.hasOption(Usage.VERSION)) {
                return new Answer("infrarust " + Usage.version());
            }
            if (line.hasOption(Usage.HELP)) {
                return new Answer(check ? Usage.ofCheck() : Usage.ofProxy());
            }
            onceEach(line);
            return check ? check(line) : start(line);
        } catch (ParseException | IllegalArgumentException e) {
            return new Wrong("infrarust: " + sentence(e) + System.lineSeparator() + "Try infrarust --help.");
        }
    }

    private static boolean isCheck(List<String> words) throws ParseException {
        if (words.isEmpty()) {
            return false;
        }
        String first = words.getFirst();
        if (!first.equals(Usage.CHECK)) {
            throw new ParseException("there is no command '" + first + "'" + didYouMean(first, List.of(Usage.CHECK)));
        }
        if (words.size() > 2) {
            throw new ParseException("check takes one server, but there is '" + words.get(2) + "' behind it");
        }
        return true;
    }

    private static void onceEach(CommandLine line) throws ParseException {
        List<String> seen = new ArrayList<>();
        for (Option option : line.getOptions()) {
            if (seen.contains(option.getLongOpt())) {
                throw new ParseException("--" + option.getLongOpt() + " is there twice; give it once");
            }
            seen.add(option.getLongOpt());
        }
    }

    private static CommandLineArguments check(CommandLine line) throws ParseException {
        for (Option option : List.of(Usage.LOG_LEVEL, Usage.EXIT_AFTER_START)) {
            if (line.hasOption(option)) {
                throw new ParseException("check takes no --" + option.getLongOpt());
            }
        }
        return new Check(
                request(line, Optional.empty()),
                line.getArgList().stream().skip(1).findFirst());
    }

    private static CommandLineArguments start(CommandLine line) {
        boolean exitAfterStart = line.hasOption(Usage.EXIT_AFTER_START);
        Optional<Address> bind = exitAfterStart ? Optional.of(new Address("127.0.0.1", 0)) : Optional.empty();
        return new Start(request(line, bind), log(line), exitAfterStart);
    }

    private static ConfigLoader.Request request(CommandLine line, Optional<Address> bind) {
        return new ConfigLoader.Request(
                value(line, Usage.CONFIG, Path::of),
                value(line, Usage.BIND, Address::parse).or(() -> bind),
                value(line, Usage.SERVERS_DIR, Path::of),
                value(line, Usage.PLUGINS_DIR, Path::of));
    }

    private static LogFilter log(CommandLine line) {
        Optional<LogFilter> option = value(line, Usage.LOG_LEVEL, LogFilter::parse);
        String variable = System.getenv(LOG_VARIABLE);
        if (option.isPresent() || variable == null || variable.isBlank()) {
            return option.orElseGet(LogFilter::defaults);
        }
        try {
            return LogFilter.parse(variable);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(LOG_VARIABLE + ": " + e.getMessage(), e);
        }
    }

    private static <T> Optional<T> value(CommandLine line, Option option, Function<String, T> reading) {
        String text = line.getOptionValue(option);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--" + option.getLongOpt() + ": \"" + text + "\" is no path", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + option.getLongOpt() + ": " + e.getMessage(), e);
        }
    }

    private static String sentence(Exception problem) {
        return switch (problem) {
            case UnrecognizedOptionException unknown ->
                "there is no option " + unknown.getOption() + didYouMean(unknown.getOption(), Usage.optionNames());
            case MissingArgumentException missing ->
                "--" + missing.getOption().getLongOpt() + " needs a "
                        + missing.getOption().getArgName() + " behind it";
            default -> String.valueOf(problem.getMessage());
        };
    }

    private static String didYouMean(String typed, List<String> names) {
        return NearestName.of(typed, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }
}
