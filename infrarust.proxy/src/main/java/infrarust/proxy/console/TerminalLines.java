package infrarust.proxy.console;

import infrarust.api.command.Suggestion;
import infrarust.api.player.Player;
import infrarust.proxy.command.OperatorCommands;
import infrarust.proxy.command.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.jline.keymap.KeyMap;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines that somebody types at a terminal, edited by JLine; the only class that knows it. Ctrl-C forgets a line that is begun, stops
 * waiting for a command that runs, and else is what the caller says; Ctrl-D says how to stop.
 */
final class TerminalLines implements Lines {

    private static final String PROMPT = "> ";

    /** How long a completion may take until the key is taken for nothing. */
    private static final Duration COMPLETION = Duration.ofSeconds(2);

    /** Ends of input in a row, without time between, that nobody's finger makes: the terminal is gone. */
    private static final int MOST_ENDS = 20;

    private static final long NO_FINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int LINES_KEPT = 1000;
    private static final int UNKNOWN_ROWS = 24;
    private static final int UNKNOWN_COLUMNS = 80;

    /** What JLine colours by itself. */
    private static final List<String> STYLES = List.of(
            LineReader.COMPLETION_STYLE_STARTING,
            LineReader.COMPLETION_STYLE_DESCRIPTION,
            LineReader.COMPLETION_STYLE_GROUP,
            LineReader.COMPLETION_STYLE_BACKGROUND,
            LineReader.COMPLETION_STYLE_LIST_STARTING,
            LineReader.COMPLETION_STYLE_LIST_DESCRIPTION,
            LineReader.COMPLETION_STYLE_LIST_GROUP,
            LineReader.COMPLETION_STYLE_LIST_BACKGROUND);

    private static final Logger LOG = LoggerFactory.getLogger(TerminalLines.class);

    private final OperatorCommands commands;
    private final Runnable interrupt;
    private final AnsiText text;
    private final Terminal terminal;
    private final LineReader reader;
    private final Source source = new Source();
    private final List<Runnable> restored = new ArrayList<>();
    private volatile boolean stopped;

    /** What Ctrl-C stops waiting for. */
    private volatile @Nullable CompletableFuture<Boolean> running;

    private TerminalLines(
            OperatorCommands commands, Optional<Path> history, Runnable interrupt, AnsiText text, Terminal terminal) {
        this.commands = commands;
        this.interrupt = interrupt;
        this.text = text;
        this.terminal = terminal;
        this.reader = reader(terminal, history.flatMap(HistoryFile::prepared));
    }

    /**
     * Takes the terminal.
     *
     * @throws IOException when it cannot be edited on
     */
    static TerminalLines open(OperatorCommands commands, Optional<Path> history, Runnable interrupt, AnsiText text)
            throws IOException {
        // Ctrl-C is a key here, read and handled once; as a signal beside it would come twice.
        System.setProperty("org.jline.terminal.softwareSignals", "false");
        // The foreign-function provider starts no process and unpacks no library.
        Terminal terminal = TerminalBuilder.builder()
                .name("infrarust")
                .system(true)
                .ffm(true)
                .jni(false)
                .exec(false)
                .dumb(false)
                .nativeSignals(false)
                .encoding(StandardCharsets.UTF_8)
                .build();
        return new TerminalLines(commands, history, interrupt, text, terminal);
    }

    private LineReader reader(Terminal here, Optional<Path> history) {
        // Words are what blanks separate, in commands as in completion: no quotes, no escapes.
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(here)
                .appName("infrarust")
                .parser(parser)
                .completer((by, line, candidates) -> complete(line, candidates))
                .variable(LineReader.HISTORY_SIZE, LINES_KEPT)
                .variable(LineReader.HISTORY_FILE_SIZE, LINES_KEPT)
                .variable(LineReader.BELL_STYLE, "none")
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.INSERT_TAB, false);
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        if (!Colours.wantedHere()) {
            STYLES.forEach(style -> builder.variable(style, ""));
            builder.variable(LineReader.COMPLETION_STYLE_SELECTION, "inverse")
                    .variable(LineReader.COMPLETION_STYLE_LIST_SELECTION, "inverse");
        }
        LineReader made = builder.build();
        made.getKeyMaps().get(LineReader.MAIN).bind(new Reference(LineReader.INTERRUPT), KeyMap.ctrl('C'));
        return made;
    }

    @Override
    public void serve() {
        LineAppender.printThrough(reader::printAbove);
        // Between two lines Ctrl-C is the system's; a window that changes is a signal always.
        restored.add(handle("INT", this::interrupted));
        restored.add(handle("WINCH", () -> terminal.raise(Terminal.Signal.WINCH)));
        restored.add(handle("CONT", () -> terminal.raise(Terminal.Signal.CONT)));
        int ends = 0;
        while (!stopped) {
            long begun = System.nanoTime();
            try {
                for (String line : reader.readLine(PROMPT).split("\n", -1)) {
                    run(line);
                }
                ends = 0;
            } catch (UserInterruptException typed) {
                if (!stopped && typed.getPartialLine().isBlank()) {
                    interrupt.run();
                    return;
                }
            } catch (EndOfFileException end) {
                ends = System.nanoTime() - begun < NO_FINGER_NANOS ? ends + 1 : 0;
                if (ends >= MOST_ENDS) {
                    LOG.debug("The terminal is gone");
                    return;
                }
                if (ends == 0) {
                    reader.printAbove("Ctrl-D does not stop the proxy; stop does, and Ctrl-C.");
                }
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** Takes a signal. Answers how it is given back. */
    private static Runnable handle(String signal, Runnable handler) {
        Object before = Signals.register(signal, handler);
        return () -> Signals.unregister(signal, before);
    }

    @Override
    public void close() {
        restored.forEach(Runnable::run);
        restored.clear();
        LineAppender.printDirectly();
        try {
            terminal.close();
        } catch (IOException e) {
            LOG.debug("The terminal could not be closed", e);
        }
    }

    /** Runs a line, and waits until it has run or Ctrl-C is pressed. */
    private void run(String line) {
        if (line.isBlank() || stopped) {
            return;
        }
        var end = new CompletableFuture<Boolean>();
        running = end;
        try {
            var _ = commands.run(source, line).whenComplete((nothing, failure) -> end.complete(true));
            if (!end.get()) {
                source.sendMessage(Component.text("Not waiting for it any more; it goes on by itself."));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it exceptionally", e);
        } finally {
            running = null;
        }
    }

    private void interrupted() {
        CompletableFuture<Boolean> waited = running;
        if (waited != null) {
            waited.complete(false);
        } else {
            interrupt.run();
        }
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        try {
            String begun = line.line().substring(0, line.cursor());
            List<Suggestion> words = commands.suggest(source, begun)
                    .toCompletableFuture()
                    .get(COMPLETION.toMillis(), TimeUnit.MILLISECONDS);
            for (Suggestion word : words) {
                String shown = AnsiText.printable(word.text());
                candidates.add(new Candidate(shown, shown, null, description(word), null, null, true));
            }
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Nothing could be completed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable String description(Suggestion word) {
        return word.tooltip()
                .map(tooltip -> AnsiText.printable(
                        PlainTextComponentSerializer.plainText().serialize(tooltip)))
                .orElse(null);
    }

    /** The operator as a source of commands. */
    private final class Source implements Screen {

        @Override
        public Optional<Player> player() {
            return Optional.empty();
        }

        @Override
        public String name() {
            return Console.NAME;
        }

        @Override
        public void sendMessage(Component message) {
            reader.printAbove(text.of(message));
        }

        @Override
        public boolean hasPermission(String node) {
            return true;
        }

        @Override
        public int rows() {
            int rows = terminal.getSize().getRows();
            return rows > 0 ? rows : UNKNOWN_ROWS;
        }

        @Override
        public int columns() {
            int columns = terminal.getSize().getColumns();
            return columns > 0 ? columns : UNKNOWN_COLUMNS;
        }

        @Override
        public void clear() {
            terminal.puts(Capability.clear_screen);
            terminal.flush();
        }
    }
}
