package infrarust.proxy.command;

import infrarust.api.Plugin;
import infrarust.api.command.Argument;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.proxy.command.Operations.Operation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;

/** What the console offers about itself and the program that it belongs to. */
public final class ConsoleOperations {

    private static final Argument<String> COMMAND = Argument.word("command");
    private static final int MEBI = 20;

    private final String version;
    private final Operations operations;
    private final ProxyCommands commands;

    /**
     * @param version of the proxy
     * @param operations what help lists
     * @param commands what plugins offer, listed behind it
     */
    public ConsoleOperations(String version, Operations operations, ProxyCommands commands) {
        this.version = version;
        this.operations = operations;
        this.commands = commands;
    }

    /** Adds them. */
    public void addTo() {
        operations.add(
                CommandSpec.of("help")
                        .withAliases("?")
                        .withDescription("lists the commands, or explains one")
                        .withArguments(Pages.PAGE)
                        .withArguments(COMMAND),
                new Command() {
                    @Override
                    public CompletionStage<?> execute(CommandInvocation invocation) {
                        return help(invocation);
                    }

                    @Override
                    public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
                        return CompletableFuture.completedFuture(names(unfinished));
                    }
                });
        operations.addInGame(
                CommandSpec.of("version")
                        .withAliases("ver")
                        .withDescription("says which proxy this is")
                        .withArguments(),
                this::version);
        operations.add(
                CommandSpec.of("clear")
                        .withAliases("cls")
                        .withDescription("empties the screen")
                        .withArguments(),
                ConsoleOperations::clear);
        operations.add(
                CommandSpec.of("gc")
                        .withDescription("collects garbage now, and says what that gave")
                        .withArguments(),
                ConsoleOperations::collect);
    }

    private List<Suggestion> names(CommandInvocation unfinished) {
        if (unfinished.arguments().size() > 1) {
            return List.of();
        }
        String begun = unfinished.arguments().getFirst();
        return Stream.concat(
                        operations.openTo(unfinished.source()).stream()
                                .map(operation -> operation.spec().name()),
                        commands.specsFor(unfinished.source()).stream().map(CommandSpec::name))
                .filter(name -> name.regionMatches(true, 0, begun, 0, begun.length()))
                .map(Suggestion::of)
                .toList();
    }

    private CompletionStage<?> help(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        if (!invocation.has(COMMAND)) {
            List<Component> rows = Stream.concat(
                            operations.openTo(source).stream().map(Operation::spec), commands.specsFor(source).stream())
                    .flatMap(spec -> HelpText.lines(spec.name(), spec))
                    .toList();
            new Pages("Commands", rows).show(invocation);
            return Plugin.done();
        }
        String name = invocation.get(COMMAND);
        Optional<CommandSpec> spec = operations
                .find(name)
                .map(Operation::spec)
                .or(() -> commands.find(source, TypedCommand.of(name)).map(RegisteredCommand::spec));
        source.sendMessage(spec.map(found -> HelpText.of(found.name(), found))
                .orElseGet(() -> Replies.wrong(
                        "There is no command \"" + name + "\"" + Replies.meant(name, operations.names()))));
        return Plugin.done();
    }

    private CompletionStage<?> version(CommandInvocation invocation) {
        String text = "Infrarust " + version;
        invocation
                .source()
                .sendMessage(Component.text(
                        invocation.source().player().isPresent()
                                ? text
                                : text + ", Java " + Runtime.version().feature() + " ("
                                        + System.getProperty("java.vm.vendor", "unknown vendor") + "), "
                                        + System.getProperty("os.name", "unknown system")));
        return Plugin.done();
    }

    private static CompletionStage<?> clear(CommandInvocation invocation) {
        if (invocation.source() instanceof Screen screen) {
            screen.clear();
        } else {
            invocation.source().sendMessage(Replies.wrong("There is no screen here."));
        }
        return Plugin.done();
    }

    private static CompletionStage<?> collect(CommandInvocation invocation) {
        Runtime runtime = Runtime.getRuntime();
        long before = runtime.totalMemory() - runtime.freeMemory();
        System.gc();
        long after = runtime.totalMemory() - runtime.freeMemory();
        invocation
                .source()
                .sendMessage(Component.text("Heap: " + (after >> MEBI) + " MiB used after, "
                        + (before >> MEBI) + " MiB before; " + (runtime.totalMemory() >> MEBI) + " MiB taken of "
                        + (runtime.maxMemory() >> MEBI) + " MiB"));
        return Plugin.done();
    }
}
