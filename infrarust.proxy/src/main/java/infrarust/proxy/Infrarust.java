package infrarust.proxy;

import infrarust.proxy.config.ConfigException;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.Problem;
import infrarust.proxy.console.Console;
import infrarust.proxy.console.LogConfigurator;
import infrarust.proxy.telemetry.StartClock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line: reads it, loads the configuration, and runs the proxy until a signal ends it.
 *
 * <p>Exit codes: 0 after an orderly stop, or when {@code check} has nothing to complain about; 1 when the configuration
 * cannot be used or the proxy cannot start; 2 for a wrong command line; 3 when a server that is checked cannot be reached and
 * 4 when players cannot join it; 130 or 143 when a second signal cut the stop short.
 */
public final class Infrarust {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int WRONG_USE = 2;
    static final int UNREACHABLE = 3;
    static final int NOT_ACCEPTED = 4;

    private Infrarust() {}

    /** Entry point of the launcher. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, Path.of(""), System.out, System.err));
    }

    /**
     * The whole life of the process but for its end.
     *
     * @param workingDirectory where relative paths start; empty for the process's own
     * @param out for what was asked for (help, version, check)
     * @param err for mistakes of the user
     * @return the exit code
     */
    static int run(String[] arguments, Path workingDirectory, PrintStream out, PrintStream err) {
        CommandLineArguments parsed = CommandLineArguments.parse(arguments);
        if (parsed
                instanceof
                CommandLineArguments.Start
                        start) { // what is in a hurry goes past the switch, which is linked when it runs
            return start(start, workingDirectory, err);
        }
        return switch (parsed) {
            case CommandLineArguments.Wrong(String text) -> {
                err.println(text);
                yield WRONG_USE;
            }
            case CommandLineArguments.Answer(String text) -> {
                out.println(text);
                yield DONE;
            }
            case CommandLineArguments.Check(ConfigLoader.Request request, Optional<String> server) ->
                server.isPresent()
                        ? new ServerCheck(workingDirectory, out).run(request, server.get())
                        : new ConfigCheck(workingDirectory, out).run(request);
            case CommandLineArguments.Start start -> start(start, workingDirectory, err);
        };
    }

    private static int start(CommandLineArguments.Start arguments, Path workingDirectory, PrintStream err) {
        StartClock clock = StartClock.ofProcess();
        LogConfigurator.start(arguments.log());
        try {
            ConfigLoader.Loaded loaded = new ConfigLoader(workingDirectory).load(arguments.config());
            // Before anything starts, so that a signal during a slow start also ends in an orderly stop.
            StopRequest stop = new StopRequest();
            Signals.stop(stop);
            Logger log = LoggerFactory.getLogger(Infrarust.class);
            for (Problem warning : loaded.warnings()) {
                log.warn("{}", warning);
            }
            Installation installation = Installation.ofProcess();
            try (Proxy proxy = Proxy.start(loaded, installation, workingDirectory, stop)) {
                log.info(
                        "Ready on {} in {} ms", proxy.address(), clock.elapsed().toMillis());
                if (arguments.exitAfterStart()) {
                    SelfPing.of(proxy.localPort());
                } else {
                    // Only now, so that nothing of it counts for the start.
                    try (Console _ =
                            Console.open(proxy.operators(), installation.history(), () -> Signals.interrupt(stop))) {
                        stop.await();
                    }
                    if (!stop.reason().isBlank()) {
                        log.info("Stop requested: {}", stop.reason());
                    }
                    log.info("Stopping; a second signal ends the process at once");
                }
            }
            log.info("Stopped");
            return DONE;
        } catch (ConfigException e) {
            report(e.problems(), err);
            return REFUSED;
        } catch (StartException e) {
            err.println("infrarust: " + e.getMessage());
            return REFUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DONE;
        } finally {
            LogConfigurator.flush();
        }
    }

    private static void report(List<Problem> problems, PrintStream err) {
        problems.forEach(err::println);
        err.println("infrarust: the configuration cannot be used; "
                + (problems.size() == 1 ? "1 problem" : problems.size() + " problems"));
    }
}
