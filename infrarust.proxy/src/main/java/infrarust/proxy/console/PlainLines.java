package infrarust.proxy.console;

import infrarust.api.command.CommandSource;
import infrarust.api.player.Player;
import infrarust.proxy.command.OperatorCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines from a pipe, a file or whatever else is no terminal: no prompt, and answers without colours unless somebody asks for them. The
 * end of the input ends nothing but the reading.
 */
final class PlainLines implements Lines {

    private static final Logger LOG = LoggerFactory.getLogger(PlainLines.class);

    private final OperatorCommands commands;
    private final InputStream in;
    private final Source source;
    private volatile boolean stopped;

    /**
     * @param commands what lines mean
     * @param in where they come from
     * @param out where answers go
     * @param text how answers are written
     */
    PlainLines(OperatorCommands commands, InputStream in, PrintStream out, AnsiText text) {
        this.commands = commands;
        this.in = in;
        this.source = new Source(out, text);
    }

    @Override
    public void serve() {
        try {
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !stopped; line = lines.readLine()) {
                commands.run(source, line).toCompletableFuture().join();
            }
        } catch (IOException nobodyThere) {
            LOG.debug("Standard input cannot be read; going on without a console", nobodyThere);
        }
    }

    @Override
    public void stop() {
        stopped = true; // who waits for a line cannot be woken, and dies with the process
    }

    @Override
    public void close() {
        // Standard input and output are not ours alone.
    }

    /** The console as a source of commands. */
    private record Source(PrintStream out, AnsiText text) implements CommandSource {

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
            out.writeBytes((text.of(message) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public boolean hasPermission(String node) {
            return true;
        }
    }
}
