package infrarust.proxy.command;

import infrarust.api.Plugin;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Player;
import infrarust.api.player.Players;
import infrarust.proxy.config.ServerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/**
 * {@code /infrarust}, also {@code /ir}: what the proxy itself offers in the game. Each subcommand has a permission of its
 * own; one that a source may not use is neither shown nor completed.
 */
public final class InfrarustCommand implements Command {

    /** The id under which the proxy's own commands are registered. */
    public static final String OWNER = "infrarust";

    /** Who may use the command at all; {@code .help} and so on for its subcommands. */
    static final String PERMISSION = "infrarust.command";

    private static final CommandSpec SPEC = CommandSpec.of("infrarust")
            .withAliases("ir")
            .withDescription("Commands of the proxy")
            .withUsage("<subcommand>")
            .withPermission(PERMISSION);

    private final String version;
    private final Players players;
    private final Supplier<? extends Collection<ServerConfig>> servers;

    private enum Subcommand {
        HELP("", "shows this list"),
        VERSION("", "says which proxy this is"),
        LIST("", "shows who is online"),
        FIND(" <player>", "says where a player is"),
        SERVER(" [name]", "shows the servers, or moves you to one");

        private final String usage;
        private final String description;

        Subcommand(String usage, String description) {
            this.usage = usage;
            this.description = description;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOpenTo(CommandSource source) {
            return source.hasPermission(PERMISSION + "." + key());
        }
    }

    /**
     * @param version of the proxy
     * @param players who is online
     * @param servers those of the configuration
     */
    public InfrarustCommand(String version, Players players, Supplier<? extends Collection<ServerConfig>> servers) {
        this.version = version;
        this.players = players;
        this.servers = servers;
    }

    /** Registers it as the proxy's own. */
    public void registerIn(ProxyCommands commands) {
        var _ = commands.of(OWNER).register(SPEC, this);
    }

    @Override
    public CompletionStage<?> execute(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        List<String> arguments = invocation.arguments();
        String word = arguments.isEmpty() ? Subcommand.HELP.key() : arguments.getFirst();
        Optional<Subcommand> wanted = Stream.of(Subcommand.values())
                .filter(each -> each.key().equalsIgnoreCase(word))
                .findFirst();
        if (wanted.isEmpty()) {
            String open = open(source).map(Subcommand::key).collect(Collectors.joining(", "));
            source.sendMessage(red("There is no \"" + word + "\" here; there are: " + open + "."));
            return Plugin.done();
        }
        if (!wanted.get().isOpenTo(source)) {
            source.sendMessage(ProxyCommands.NOT_PERMITTED);
            return Plugin.done();
        }
        return switch (wanted.get()) {
            case HELP -> say(source, help(source, invocation.label()));
            case VERSION -> say(source, Component.text("Infrarust " + version));
            case LIST -> say(source, online());
            case FIND -> say(source, find(arguments));
            case SERVER -> server(source, arguments);
        };
    }

    private static CompletionStage<?> say(CommandSource source, Component text) {
        source.sendMessage(text);
        return Plugin.done();
    }

    private static Stream<Subcommand> open(CommandSource source) {
        return Stream.of(Subcommand.values()).filter(each -> each.isOpenTo(source));
    }

    private static Component help(CommandSource source, String label) {
        return open(source)
                .<Component>map(
                        each -> Component.text("\n/" + label + " " + each.key() + each.usage, NamedTextColor.GOLD)
                                .append(Component.text(" " + each.description, NamedTextColor.GRAY)))
                .reduce(Component.text("Commands of the proxy:"), Component::append);
    }

    private Component online() {
        List<Player> all = players.all();
        String names = all.stream()
                .map(player -> player.profile().username()
                        + player.currentServer()
                                .map(server -> " (" + server + ")")
                                .orElse(""))
                .collect(Collectors.joining(", "));
        return Component.text(all.size() + (all.size() == 1 ? " player" : " players") + " online: " + names);
    }

    private Component find(List<String> arguments) {
        if (arguments.size() != 2) {
            return red("Say whom to find: find <player>");
        }
        return players.byName(arguments.get(1))
                .<Component>map(player -> Component.text(player.profile().username() + " is on "
                        + player.currentServer().orElse("no server") + "."))
                .orElseGet(() -> red("No player is called " + arguments.get(1) + "."));
    }

    private CompletionStage<?> server(CommandSource source, List<String> arguments) {
        if (arguments.size() > 2) {
            return say(source, red("A server's name is one word: server [name]"));
        }
        if (arguments.size() == 1) {
            return say(source, servers(source));
        }
        if (source.player().isEmpty()) {
            return say(source, red("Only a player can be moved."));
        }
        String wanted = arguments.get(1);
        String id = reachable(source)
                .map(ServerConfig::id)
                .filter(wanted::equalsIgnoreCase)
                .findFirst()
                .orElse(wanted);
        return source.player().get().connect(id).thenAccept(result -> source.sendMessage(told(id, result)));
    }

    private static Component told(String server, ConnectionResult result) {
        return switch (result) {
            case ConnectionResult.Connected(String reached) ->
                Component.text("You are on " + reached + " now.", NamedTextColor.GREEN);
            case ConnectionResult.AlreadyConnected() -> red("You are on " + server + " already.");
            case ConnectionResult.Denied(Component reason) ->
                red("You may not go to " + server + ": ").append(reason);
            case ConnectionResult.Failed(Component reason) ->
                red(server + " cannot take you: ").append(reason);
            case ConnectionResult.Cancelled() -> red("The way to " + server + " was given up.");
        };
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
        List<String> arguments = unfinished.arguments();
        CommandSource source = unfinished.source();
        List<String> words = new ArrayList<>();
        if (arguments.size() == 1) {
            open(source).map(Subcommand::key).forEach(words::add);
        } else if (arguments.size() == 2) {
            open(source)
                    .filter(each -> each.key().equalsIgnoreCase(arguments.getFirst()))
                    .forEach(each -> secondWords(each, source).forEach(words::add));
        }
        String begun = arguments.getLast();
        return CompletableFuture.completedFuture(words.stream()
                .filter(word -> word.regionMatches(true, 0, begun, 0, begun.length()))
                .map(Suggestion::of)
                .toList());
    }

    private Stream<String> secondWords(Subcommand subcommand, CommandSource source) {
        return switch (subcommand) {
            case SERVER -> reachable(source).map(ServerConfig::id);
            case FIND -> players.all().stream().map(player -> player.profile().username());
            case HELP, VERSION, LIST -> Stream.empty();
        };
    }

    private static Component red(String text) {
        return Component.text(text, NamedTextColor.RED);
    }
}
