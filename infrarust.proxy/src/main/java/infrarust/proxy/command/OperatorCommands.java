package infrarust.proxy.command;

import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.proxy.command.Operations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The lines of an operator at the console: the proxy's operations by their bare names, and behind them the commands of plugins. A
 * slash in front is forgiven. Any thread; nothing here waits.
 */
public final class OperatorCommands {

    private final Operations operations;
    private final ProxyCommands commands;

    /**
     * @param operations what the proxy offers
     * @param commands what plugins offer
     */
    public OperatorCommands(Operations operations, ProxyCommands commands) {
        this.operations = operations;
        this.commands = commands;
    }

    /**
     * Runs a line. The source is told what goes wrong.
     *
     * @return completes when the command has run, on any thread, never exceptionally
     */
    public CompletionStage<?> run(CommandSource source, String line) {
        TypedCommand typed = typed(line);
        if (typed.label().isEmpty()) {
            return CompletableFuture.completedFuture("");
        }
        Optional<RegisteredCommand> found = find(source, typed);
        if (found.isEmpty()) {
            List<String> known = new ArrayList<>(operations.names());
            known.addAll(ofPlugins(source));
            source.sendMessage(
                    Replies.wrong("There is no command \"" + typed.label() + "\"" + Replies.meant(typed.label(), known))
                            .append(Replies.aside(" help lists them all.")));
            return CompletableFuture.completedFuture("");
        }
        return commands.calls().run(found.get(), source, typed, typed.label());
    }

    private Optional<RegisteredCommand> find(CommandSource source, TypedCommand typed) {
        return operations.find(typed.label()).map(Operation::registered).or(() -> commands.find(source, typed));
    }

    private static TypedCommand typed(String line) {
        String text = line.strip().isEmpty() ? "" : line.stripLeading();
        return TypedCommand.of(text.startsWith("/") ? text.substring(1) : text);
    }

    /**
     * What could stand in the place of the last word of the line.
     *
     * @return completes on any thread, never exceptionally
     */
    public CompletionStage<List<Suggestion>> suggest(CommandSource source, String line) {
        TypedCommand typed = typed(line);
        if (!typed.hasBlank()) {
            return CompletableFuture.completedFuture(labels(source, typed.key()));
        }
        return find(source, typed)
                .map(command -> commands.calls().suggest(command, source, typed))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    /** The commands of plugins, by name; what {@code /infrarust} offers has its own names here. */
    private List<String> ofPlugins(CommandSource source) {
        return commands.specsFor(source).stream().map(CommandSpec::name).toList();
    }

    /** Names of commands; an alias only when no name begins like that, so that the list stays short. */
    private List<Suggestion> labels(CommandSource source, String begun) {
        Stream<String> names = Stream.concat(
                operations.openTo(source).stream()
                        .map(operation -> operation.spec().name()),
                ofPlugins(source).stream());
        List<String> found =
                names.filter(name -> name.startsWith(begun)).distinct().toList();
        if (found.isEmpty()) {
            found = operations.names().stream()
                    .filter(name -> name.startsWith(begun.toLowerCase(Locale.ROOT)))
                    .toList();
        }
        return found.stream().map(Suggestion::of).toList();
    }
}
