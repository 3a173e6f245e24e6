package infrarust.proxy.live;

import infrarust.api.Plugin;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.api.server.Server;
import infrarust.api.server.Servers;
import infrarust.proxy.command.Operations;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.DurationText;
import infrarust.proxy.config.NearestName;
import infrarust.proxy.config.ServerSource;
import infrarust.proxy.routing.Health;
import infrarust.proxy.routing.MemberStatus;
import infrarust.proxy.routing.Pool;
import infrarust.proxy.routing.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.TextColor;

/** {@code server}: how one server is, and which of its addresses take players. */
public final class ServerCommand implements Command {

    private static final String DRAIN = "drain";
    private static final String UNDRAIN = "undrain";
    private static final String RESET = "reset";
    private static final List<String> ACTIONS = List.of(DRAIN, UNDRAIN, RESET);
    private static final String EXPECTED =
            "Expected is server <id>, or server drain|undrain|reset [id] <address>, as in: server drain 10.0.0.5:25565";

    private final Servers servers;
    private final Pools pools;
    private final Reloads reloads;

    private ServerCommand(Servers servers, Pools pools, Reloads reloads) {
        this.servers = servers;
        this.pools = pools;
        this.reloads = reloads;
    }

    /** Adds it. */
    public static void addTo(Operations operations, Servers servers, Pools pools, Reloads reloads) {
        operations.add(
                CommandSpec.of("server")
                        .withDescription(
                                "shows a server, or lets one of its addresses run empty and take players again")
                        .withUsage("<id> | drain|undrain|reset [id] <address>")
                        .withPermission("infrarust.command.server.manage"),
                new ServerCommand(servers, pools, reloads));
    }

    @Override
    public CompletionStage<?> execute(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        List<String> words = invocation.arguments();
        if (words.size() == 1) {
            show(source, words.getFirst());
        } else if ((words.size() == 2 || words.size() == 3) && ACTIONS.contains(words.getFirst())) {
            act(
                    source,
                    words.getFirst(),
                    words.size() == 3 ? Optional.of(words.get(1)) : Optional.empty(),
                    words.getLast());
        } else {
            say(source, EXPECTED, NamedTextColor.RED);
        }
        return Plugin.done();
    }

    private void show(CommandSource source, String id) {
        Optional<Server> found = servers.byId(id);
        if (found.isEmpty()) {
            say(source, unknown(id), NamedTextColor.RED);
            return;
        }
        Server server = found.get();
        say(source, server.id() + ": " + server.mode().key() + ", " + word(server.state()), NamedTextColor.GOLD);
        say(source, "  domains  " + (server.domains().isEmpty() ? "none" : String.join(", ", server.domains())));
        server.network().ifPresent(network -> say(source, "  network  " + network));
        say(source, "  players  " + server.players());
        reloads.sources().stream()
                .filter(each -> each.server().equals(server.id()))
                .findFirst()
                .ifPresent(each -> say(source, "  from     " + from(each)));
        pools.of(server.id()).ifPresent(pool -> {
            say(source, "  balance  " + pool.server().balancing().balance().key());
            pool.members().forEach(member -> say(source, "  " + described(member), colour(member.health())));
        });
    }

    private static String from(ServerSource source) {
        return source.file().map(Object::toString).orElse(source.provider());
    }

    private static String word(Server.State state) {
        return switch (state) {
            case AVAILABLE -> "takes players";
            case UNREACHABLE -> "unreachable, tried all the same";
            case DRAINING -> "drains";
            case LIMBO -> "leads into the limbo";
        };
    }

    private static String described(MemberStatus member) {
        List<String> parts = new ArrayList<>();
        parts.add(member.address() + "  " + member.health());
        member.healthyFor().ifPresent(time -> parts.add("for " + rough(time)));
        parts.add(member.active() + (member.active() == 1 ? " player" : " players"));
        if (member.weight() != 1) {
            parts.add("weight " + member.weight());
        }
        if (member.ejections() > 0) {
            parts.add("left out " + member.ejections() + (member.ejections() == 1 ? " time" : " times"));
        }
        member.lastFailure().ifPresent(ago -> parts.add("last failure " + rough(ago) + " ago"));
        if (!member.drainedBy().isEmpty()) {
            parts.add("drained by " + String.join(", ", member.drainedBy()));
        }
        return String.join(", ", parts);
    }

    private static String rough(Duration time) {
        return DurationText.format(Duration.ofSeconds(time.toSeconds()));
    }

    private static TextColor colour(Health health) {
        return switch (health) {
            case HEALTHY -> NamedTextColor.GREEN;
            case PROBING, DRAINING -> NamedTextColor.YELLOW;
            case UNHEALTHY -> NamedTextColor.RED;
        };
    }

    private void act(CommandSource source, String action, Optional<String> id, String text) {
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            say(source, "\"" + text + "\" is no address: " + e.getMessage() + ".", NamedTextColor.RED);
            return;
        }
        if (id.isPresent() && pools.of(id.get()).isEmpty()) {
            say(source, unknown(id.get()), NamedTextColor.RED);
            return;
        }
        List<Pool> those = id.map(one -> pools.of(one).stream())
                .orElseGet(() -> pools.all().stream())
                .filter(pool -> apply(pool, action, address))
                .toList();
        if (those.isEmpty()) {
            String known = String.join(", ", addresses(id).toList());
            say(source, "No server has the address " + address + "; there are " + known + ".", NamedTextColor.RED);
        }
        those.forEach(pool -> pool.members().stream()
                .filter(member -> member.address().equals(address))
                .forEach(
                        member -> say(source, pool.server().id() + ": " + described(member), colour(member.health()))));
    }

    private static boolean apply(Pool pool, String action, Address address) {
        return switch (action) {
            case DRAIN -> pool.drain(address, true);
            case UNDRAIN -> pool.drain(address, false);
            default -> pool.reset(address);
        };
    }

    private Stream<String> addresses(Optional<String> id) {
        return id.map(one -> pools.of(one).stream())
                .orElseGet(() -> pools.all().stream())
                .flatMap(pool -> pool.members().stream())
                .map(member -> member.address().toString())
                .distinct();
    }

    private String unknown(String id) {
        List<String> ids = servers.all().stream().map(Server::id).toList();
        return "There is no server \"" + id + "\""
                + NearestName.of(id, ids)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(ids.isEmpty() ? "." : "; there are " + String.join(", ", ids) + ".");
    }

    @Override
    public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
        List<String> words = unfinished.arguments();
        String begun = words.getLast();
        Stream<String> ids = pools.all().stream().map(pool -> pool.server().id());
        boolean acts = ACTIONS.contains(words.getFirst());
        Stream<String> candidates = words.size() == 1
                ? Stream.concat(ACTIONS.stream(), servers.all().stream().map(Server::id))
                : words.size() == 2 && acts
                        ? Stream.concat(addresses(Optional.empty()), ids)
                        : words.size() == 3 && acts ? addresses(Optional.of(words.get(1))) : Stream.empty();
        return CompletableFuture.completedFuture(candidates
                .filter(word -> word.startsWith(begun))
                .map(Suggestion::of)
                .toList());
    }

    private static void say(CommandSource source, String text) {
        source.sendMessage(Component.text(text));
    }

    private static void say(CommandSource source, String text, TextColor colour) {
        source.sendMessage(Component.text(text, colour));
    }
}
