package infrarust.proxy.command;

import infrarust.api.Plugin;
import infrarust.api.command.Argument;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Delivery;
import infrarust.api.player.Player;
import infrarust.api.player.Players;
import infrarust.proxy.config.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** What can be done with the players who are online: see, find, move, kick and tell them something. */
public final class PlayerOperations {

    /** What a kicked player reads when nobody says anything else. */
    static final String KICKED = "Kicked by an administrator";

    private static final Argument<List<Player>> WHO = Argument.players("players");
    private static final Argument<Player> ONE = Argument.player("player");
    private static final Argument<String> SERVER = Argument.server("server");
    private static final Argument<String> FROM = Argument.server("from");
    private static final Argument<String> ON = Argument.literal("--server");
    private static final Argument<String> MESSAGE = Argument.text("message");
    private static final Argument<String> REASON = Argument.text("reason").optional();

    /** Names in one row of a list. */
    private static final int ROW = 100;

    /** Outcomes that are told one by one; of more only the sums. */
    private static final int MOST_TOLD = 10;

    private final Players players;
    private final Argument<Cidr> addresses;

    /** @param players who is online */
    public PlayerOperations(Players players) {
        this.players = players;
        this.addresses = Argument.custom(
                "address",
                Cidr::parse,
                source -> players.all().stream()
                        .map(player -> player.remoteAddress().getAddress().getHostAddress())
                        .distinct()
                        .toList());
    }

    /** Adds them. */
    public void addTo(Operations operations) {
        operations.addInGame(
                CommandSpec.of("list")
                        .withAliases("players", "who", "online", "ls")
                        .withDescription("shows who is online")
                        .withArguments(Pages.PAGE)
                        .withArguments(SERVER, Pages.PAGE),
                this::list);
        operations.addInGame(
                CommandSpec.of("find").withDescription("says where a player is").withArguments(ONE), this::find);
        operations.addInGame(
                CommandSpec.of("send")
                        .withDescription("moves players to a server")
                        .withArguments(WHO, SERVER),
                invocation -> send(invocation, invocation.get(WHO)));
        operations.addInGame(
                CommandSpec.of("send-all")
                        .withDescription("moves everybody to a server, or everybody who is on another one")
                        .withArguments(SERVER, FROM.optional()),
                invocation -> send(
                        invocation, invocation.find(FROM).map(players::onServer).orElseGet(players::all)));
        operations.addInGame(
                CommandSpec.of("kick")
                        .withDescription("ends the connection of players")
                        .withArguments(WHO, REASON),
                invocation -> kick(invocation, invocation.get(WHO)));
        operations.add(
                CommandSpec.of("kick-ip")
                        .withDescription("ends all connections from an address, or from a block such as 10.0.0.0/8")
                        .withArguments(addresses, REASON),
                invocation -> kick(invocation, from(invocation.get(addresses))));
        operations.addInGame(
                CommandSpec.of("msg")
                        .withAliases("tell", "whisper")
                        .withDescription("tells players something that nobody else hears")
                        .withArguments(WHO, MESSAGE),
                this::tell);
        operations.addInGame(
                CommandSpec.of("broadcast")
                        .withAliases("bc", "say")
                        .withDescription("tells everybody something, or everybody on one server")
                        .withArguments(ON, SERVER, MESSAGE)
                        .withArguments(MESSAGE),
                this::broadcast);
    }

    private CompletionStage<?> list(CommandInvocation invocation) {
        List<Player> all = invocation.find(SERVER).map(players::onServer).orElseGet(players::all);
        String online = Replies.count(all.size(), "player") + " online"
                + invocation.find(SERVER).map(server -> " on " + server).orElse("");
        if (invocation.source().player().isPresent()) {
            String names = all.stream()
                    .map(player -> name(player)
                            + player.currentServer()
                                    .map(server -> " (" + server + ")")
                                    .orElse(""))
                    .collect(Collectors.joining(", "));
            invocation.source().sendMessage(Component.text(online + ": " + names));
            return Plugin.done();
        }
        Map<String, List<String>> byServer = all.stream()
                .collect(Collectors.groupingBy(
                        player -> player.currentServer().orElse("on no server"),
                        TreeMap::new,
                        Collectors.mapping(PlayerOperations::name, Collectors.toList())));
        List<Component> rows = new ArrayList<>();
        byServer.forEach((server, names) -> rows.addAll(rows(server, names)));
        new Pages(online, rows).show(invocation);
        return Plugin.done();
    }

    /** {@code lobby (3): Ann, Bob, Eve}, in as many rows as it takes. */
    private static List<Component> rows(String server, List<String> names) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String name : names.stream().sorted(String.CASE_INSENSITIVE_ORDER).toList()) {
            if (line.length() + name.length() > ROW) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ", ").append(name);
        }
        lines.add(line.toString());
        List<Component> rows = new ArrayList<>();
        for (String each : lines) {
            Component head = rows.isEmpty()
                    ? Replies.typed(server).append(Replies.aside(" (" + names.size() + "): "))
                    : Component.text("  ");
            rows.add(Component.empty().append(head).append(Component.text(each)));
        }
        return rows;
    }

    private CompletionStage<?> find(CommandInvocation invocation) {
        Player player = invocation.get(ONE);
        invocation
                .source()
                .sendMessage(Component.text(
                        name(player) + " is on " + player.currentServer().orElse("no server") + "."));
        return Plugin.done();
    }

    private static CompletionStage<?> send(CommandInvocation invocation, List<Player> whom) {
        CommandSource source = invocation.source();
        String server = invocation.get(SERVER);
        if (whom.isEmpty()) {
            source.sendMessage(Replies.wrong("Nobody is there to be moved."));
            return Plugin.done();
        }
        List<CompletableFuture<Boolean>> ways = whom.stream()
                .map(player -> player.connect(server)
                        .thenApply(result -> {
                            if (whom.size() <= MOST_TOLD) {
                                source.sendMessage(Outcomes.of(name(player), server, result));
                            }
                            return result instanceof ConnectionResult.Connected;
                        })
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(ways.toArray(CompletableFuture[]::new)).thenRun(() -> {
            if (whom.size() > MOST_TOLD) {
                long moved = ways.stream().filter(CompletableFuture::join).count();
                source.sendMessage(Replies.done(moved + " of " + whom.size() + " players are on " + server + " now."));
            }
        });
    }

    private List<Player> from(Cidr block) {
        return players.all().stream()
                .filter(player -> new Cidr(player.remoteAddress().getAddress(), prefix(player, block)).equals(block))
                .toList();
    }

    /** The block's own, where the address is long enough to have it. */
    private static int prefix(Player player, Cidr block) {
        return Math.min(block.prefix(), player.remoteAddress().getAddress().getAddress().length * Byte.SIZE);
    }

    private static CompletionStage<?> kick(CommandInvocation invocation, List<Player> whom) {
        Component reason = Component.text(invocation.find(REASON).orElse(KICKED));
        whom.forEach(player -> player.disconnect(reason));
        invocation
                .source()
                .sendMessage(
                        whom.isEmpty()
                                ? Replies.wrong("Nobody is connected from there.")
                                : Replies.done("Kicked " + names(whom) + "."));
        return Plugin.done();
    }

    private CompletionStage<?> tell(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        List<Player> whom = invocation.get(WHO);
        Component text = Component.text("[" + source.name() + " -> you] ", NamedTextColor.LIGHT_PURPLE)
                .append(Component.text(invocation.get(MESSAGE), NamedTextColor.WHITE));
        List<Player> reached = whom.stream()
                .filter(player -> player.sendMessage(text) == Delivery.ACCEPTED)
                .toList();
        report(source, whom, reached);
        return Plugin.done();
    }

    private CompletionStage<?> broadcast(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        if (!invocation.has(ON) && invocation.get(MESSAGE).startsWith("--")) {
            // Half of the other form; nobody wants everybody to read it.
            source.sendMessage(Replies.wrong(
                    "Expected the id of a server and a message: broadcast --server <server> <message...>"));
            return Plugin.done();
        }
        List<Player> whom = invocation.find(SERVER).map(players::onServer).orElseGet(players::all);
        Component text = Component.text("[Broadcast] ", NamedTextColor.GOLD)
                .append(Component.text(invocation.get(MESSAGE), NamedTextColor.WHITE));
        List<Player> reached = whom.stream()
                .filter(player -> player.sendMessage(text) == Delivery.ACCEPTED)
                .toList();
        report(source, whom, reached);
        return Plugin.done();
    }

    /** The players of modes that only relay bytes cannot be told anything, and an operator should know. */
    private static void report(CommandSource source, List<Player> whom, List<Player> reached) {
        if (reached.isEmpty()) {
            source.sendMessage(Replies.wrong(
                    whom.isEmpty()
                            ? "Nobody is there to hear it."
                            : "It cannot be shown to " + names(whom)
                                    + ": the proxy only relays their bytes, or they are just leaving."));
            return;
        }
        int missed = whom.size() - reached.size();
        source.sendMessage(Replies.done("Told " + names(reached) + "."
                + (missed == 0 ? "" : " " + Replies.count(missed, "other") + " could not be told.")));
    }

    private static String names(List<Player> some) {
        return some.size() > MOST_TOLD
                ? Replies.count(some.size(), "player")
                : some.stream().map(PlayerOperations::name).collect(Collectors.joining(", "));
    }

    private static String name(Player player) {
        return player.profile().username();
    }
}
