package infrarust.proxy.console;

import infrarust.proxy.command.OperatorCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator at the terminal of the process. On a terminal there is a prompt with completion and history, log lines stand above it;
 * from a pipe every line is a command; with no input at all nothing happens. Everything runs on a thread of its own, and what it
 * needs is loaded there, after the proxy is ready.
 */
public final class Console implements AutoCloseable {

    /** What logs and messages call the operator. */
    static final String NAME = "console";

    /** How often a proxy in the background looks whether it has come to the front. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration END = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final OperatorCommands commands;
    private final Optional<Path> history;
    private final Runnable interrupt;
    private final Thread thread;
    private @Nullable Lines lines;
    private boolean closed;

    private Console(OperatorCommands commands, Optional<Path> history, Runnable interrupt) {
        this.commands = commands;
        this.history = history;
        this.interrupt = interrupt;
        this.thread = Thread.ofPlatform().name("console").daemon().unstarted(this::serve);
    }

    /**
     * Begins to read commands.
     *
     * @param commands what lines mean
     * @param history the file that keeps lines for the next time; readable by its owner only
     * @param interrupt what Ctrl-C does when nothing is typed and nothing runs
     */
    public static Console open(OperatorCommands commands, Optional<Path> history, Runnable interrupt) {
        Console console = new Console(commands, history, interrupt);
        console.thread.start();
        return console;
    }

    private void serve() {
        try {
            try (Lines opened = lines()) {
                if (isTaken(opened)) {
                    opened.serve();
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) { // the proxy goes on without a console
            LOG.warn("The console has ended", e);
        }
    }

    private Lines lines() throws InterruptedException {
        AnsiText text = new AnsiText(Colours.wantedHere(), Colours.allHere());
        if (isTerminal()) {
            while (!ForegroundProcess.isThis()) {
                // Whoever reads a terminal from the background is stopped by it.
                Thread.sleep(LOOK);
            }
            try {
                return TerminalLines.open(commands, history, interrupt, text);
            } catch (IOException e) {
                LOG.debug("The terminal has no line editing", e);
            }
        }
        return new PlainLines(commands, System.in, System.out, text);
    }

    private static boolean isTerminal() {
        return Colours.isOnTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /** Keeps it for {@link #close}, unless that has come already. */
    private synchronized boolean isTaken(Lines opened) {
        lines = opened;
        return !closed;
    }

    /** Ends the reading and gives the terminal back; waits for that, a moment at most. May be called again. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (lines != null) {
                lines.stop();
            }
        }
        thread.interrupt();
        try {
            if (!(lines instanceof PlainLines)) {
                thread.join(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
