package infrarust.proxy.command;

import infrarust.api.Plugin;
import infrarust.api.command.Argument;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.api.player.Player;
import infrarust.api.player.Players;
import infrarust.proxy.command.Operations.Operation;
import infrarust.proxy.config.ServerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;

/**
 * {@code /infrarust}, also {@code /ir}: what the proxy itself offers in the game. That is help, the way to another server, and
 * those of the {@link Operations} that players may use. Each has a permission of its own; one that a source may not use is neither
 * shown nor completed.
 */
public final class InfrarustCommand implements Command, Subcommands {

    /** The id under which the proxy's own commands are registered. */
    public static final String OWNER = "infrarust";

    /** Who may use the command at all; {@code .help} and so on for its subcommands. */
    static final String PERMISSION = "infrarust.command";

    private static final CommandSpec SPEC = CommandSpec.of("infrarust")
            .withAliases("ir")
            .withDescription("Commands of the proxy")
            .withUsage("<subcommand>")
            .withPermission(PERMISSION);

    private static final Argument<String> NAME = Argument.word("name").optional();

    private final Operations operations;
    private final ProxyCommands commands;
    private final Players players;
    private final Supplier<? extends Collection<ServerConfig>> servers;

    /** Those that are only for players. */
    private final Operations own = new Operations();

    /**
     * @param operations what operators can do
     * @param commands where it is registered, and which call it
     * @param players who is online
     * @param servers those of the configuration
     */
    public InfrarustCommand(
            Operations operations,
            ProxyCommands commands,
            Players players,
            Supplier<? extends Collection<ServerConfig>> servers) {
        this.operations = operations;
        this.commands = commands;
        this.players = players;
        this.servers = servers;
        own.addInGame(CommandSpec.of("help").withDescription("shows this list").withArguments(Pages.PAGE), this::help);
        own.addInGame(
                CommandSpec.of("server")
                        .withDescription("shows the servers, or moves you to one")
                        .withArguments(NAME),
                new Command() {
                    @Override
                    public CompletionStage<?> execute(CommandInvocation invocation) {
                        return server(invocation);
                    }

                    @Override
                    public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
                        return CompletableFuture.completedFuture(reachable(unfinished.source())
                                .map(ServerConfig::id)
                                .filter(begins(unfinished.arguments()))
                                .map(Suggestion::of)
                                .toList());
                    }
                });
    }

    /** Registers it as the proxy's own. */
    public void register() {
        var _ = commands.of(OWNER).register(SPEC, this);
    }

    private List<Operation> open(CommandSource source) {
        List<Operation> all = new ArrayList<>(own.openTo(source));
        operations.openTo(source).stream()
                .filter(operation ->
                        operation.inGame() && own.find(operation.spec().name()).isEmpty())
                .forEach(all::add);
        return all;
    }

    private Optional<Operation> find(String word) {
        return own.find(word).or(() -> operations.find(word).filter(Operation::inGame));
    }

    @Override
    public CompletionStage<?> execute(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        TypedCommand typed = TypedCommand.of(invocation.raw().isBlank() ? "help" : invocation.raw());
        Optional<Operation> wanted = find(typed.label());
        if (wanted.isEmpty()) {
            List<String> open = open(source).stream()
                    .map(operation -> operation.spec().name())
                    .toList();
            source.sendMessage(Replies.wrong(
                    "There is no \"" + typed.label() + "\" here; there are: " + String.join(", ", open) + "."));
            return Plugin.done();
        }
        if (!wanted.get().isOpenTo(source)) {
            source.sendMessage(ProxyCommands.NOT_PERMITTED);
            return Plugin.done();
        }
        return commands.calls()
                .run(wanted.get().registered(), source, typed, "/" + invocation.label() + " " + typed.key());
    }

    private CompletionStage<?> help(CommandInvocation invocation) {
        List<Component> rows = open(invocation.source()).stream()
                .flatMap(operation -> HelpText.lines("/ir " + operation.spec().name(), operation.spec()))
                .toList();
        new Pages("Commands of the proxy:", rows).show(invocation);
        return Plugin.done();
    }

    private CompletionStage<?> server(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        if (!invocation.has(NAME)) {
            source.sendMessage(servers(source));
            return Plugin.done();
        }
        if (source.player().isEmpty()) {
            source.sendMessage(Replies.wrong("Only a player can be moved."));
            return Plugin.done();
        }
        String wanted = invocation.get(NAME);
        String id = reachable(source)
                .map(ServerConfig::id)
                .filter(wanted::equalsIgnoreCase)
                .findFirst()
                .orElse(wanted);
        return source.player()
                .get()
                .connect(id)
                .thenAccept(result -> source.sendMessage(Outcomes.ofOwnWay(id, result)));
    }

    private Component servers(CommandSource source) {
        Optional<String> current = source.player().flatMap(Player::currentServer);
        String names = reachable(source)
                .map(server ->
                        server.id() + " (" + players.onServer(server.id()).size()
                                + (current.filter(server.id()::equals).isPresent() ? ", you are here)" : ")"))
                .collect(Collectors.joining(", "));
        return Component.text(names.isEmpty() ? "There is no other server that you can go to." : "Servers: " + names);
    }

    /** The servers of the player's network, its own among them; all for the console. */
    private Stream<ServerConfig> reachable(CommandSource source) {
        Collection<ServerConfig> all = servers.get();
        if (source.player().isEmpty()) {
            return all.stream();
        }
        Optional<String> current = source.player().flatMap(Player::currentServer);
        Optional<String> network = all.stream()
                .filter(server -> current.filter(server.id()::equals).isPresent())
                .findFirst()
                .flatMap(ServerConfig::network);
        return all.stream()
                .filter(server -> (network.isPresent() && server.network().equals(network))
                        || current.filter(server.id()::equals).isPresent());
    }

    @Override
    public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
        TypedCommand typed = TypedCommand.of(unfinished.raw());
        CommandSource source = unfinished.source();
        if (typed.hasBlank()) {
            return find(typed.label())
                    .filter(operation -> operation.isOpenTo(source))
                    .map(operation -> commands.calls().suggest(operation.registered(), source, typed))
                    .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
        }
        return CompletableFuture.completedFuture(open(source).stream()
                .map(operation -> operation.spec().name())
                .filter(begins(unfinished.arguments()))
                .map(Suggestion::of)
                .toList());
    }

    private static Predicate<String> begins(List<String> arguments) {
        String begun = arguments.getLast();
        return word -> word.regionMatches(true, 0, begun, 0, begun.length());
    }

    @Override
    public List<List<Argument<?>>> formsFor(CommandSource source) {
        return open(source).stream()
                .flatMap(operation -> forms(operation.spec()))
                .toList();
    }

    private static Stream<List<Argument<?>>> forms(CommandSpec spec) {
        Argument<?> name = Argument.literal(spec.name());
        if (spec.forms().isEmpty()) {
            return Stream.of(List.of(name, Argument.text("arguments").optional()));
        }
        return spec.forms().stream().map(form -> {
            List<Argument<?>> whole = new ArrayList<>();
            whole.add(name);
            whole.addAll(form);
            return whole;
        });
    }
}
