package infrarust.proxy.command;

import infrarust.api.Plugin;
import infrarust.api.command.Argument;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSpec;
import infrarust.api.player.Players;
import infrarust.proxy.config.DurationText;
import infrarust.proxy.config.IpFilter;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.UnknownDomain;
import infrarust.proxy.routing.DomainRouter;
import infrarust.proxy.routing.HostName;
import infrarust.proxy.routing.MemberStatus;
import infrarust.proxy.routing.Pools;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** What operators can see of servers and of the way to them. */
public final class RouteOperations {

    /** Width of the names of rows. */
    private static final int NAMES = 12;

    private static final Argument<String> HOST = Argument.word("host");
    private static final Argument<InetAddress> CLIENT = Argument.<InetAddress>custom(
                    "address", InetAddress::ofLiteral, source -> List.of())
            .optional();

    private final Players players;
    private final Supplier<DomainRouter> router;
    private final Supplier<Pools> pools;

    /**
     * @param players who is online
     * @param router the routes of this moment, with their configuration
     * @param pools the addresses of that configuration's servers
     */
    public RouteOperations(Players players, Supplier<DomainRouter> router, Supplier<Pools> pools) {
        this.players = players;
        this.router = router;
        this.pools = pools;
    }

    /** Adds them. */
    public void addTo(Operations operations) {
        operations.addInGame(
                CommandSpec.of("servers")
                        .withAliases("backends")
                        .withDescription("shows the servers, their addresses and how those are")
                        .withArguments(Pages.PAGE),
                this::servers);
        operations.add(
                CommandSpec.of("route")
                        .withDescription(
                                "says where a host name leads, by which rule, and whether an address may go there")
                        .withArguments(Argument.literal("explain"), HOST, CLIENT),
                this::explain);
    }

    private CompletionStage<?> servers(CommandInvocation invocation) {
        List<ServerConfig> all = List.copyOf(router.get().snapshot().servers());
        List<Component> rows = new ArrayList<>();
        for (ServerConfig server : all) {
            String about = server.proxyMode().key()
                    + server.network().map(network -> ", network " + network).orElse("")
                    + ", " + Replies.count(players.onServer(server.id()).size(), "player");
            rows.add(Replies.typed(server.id()).append(Replies.aside(" " + about)));
            rows.addAll(addresses(server));
        }
        new Pages(Replies.count(all.size(), "server"), rows).show(invocation);
        return Plugin.done();
    }

    private List<Component> addresses(ServerConfig server) {
        if (server.leadsIntoLimbo()) {
            return List.of(Component.text("  the lobby of the proxy itself"));
        }
        return pools.get().of(server).members().stream()
                .<Component>map(member -> Component.text("  ").append(described(member)))
                .toList();
    }

    private static Component described(MemberStatus member) {
        NamedTextColor colour = switch (member.health()) {
            case HEALTHY -> NamedTextColor.GREEN;
            case PROBING, DRAINING -> NamedTextColor.YELLOW;
            case UNHEALTHY -> NamedTextColor.RED;
        };
        List<String> more = new ArrayList<>();
        more.add(Replies.count(member.active(), "player"));
        if (member.weight() != 1) {
            more.add("weight " + member.weight());
        }
        member.lastFailure().ifPresent(ago -> more.add("failed " + seconds(ago) + " ago"));
        return Component.text(member.address() + " ")
                .append(Component.text(member.health().toString(), colour))
                .append(Replies.aside(", " + String.join(", ", more)));
    }

    private static String seconds(Duration duration) {
        return DurationText.format(Duration.ofSeconds(duration.toSeconds()));
    }

    private CompletionStage<?> explain(CommandInvocation invocation) {
        DomainRouter routes = router.get();
        String host = HostName.normalize(invocation.get(HOST));
        List<DomainRouter.Rule> rules = routes.rules(host);
        Component text = Component.empty().append(Replies.title(host));
        List<Component> rows =
                rules.isEmpty() ? nowhere(routes.snapshot()) : way(routes.snapshot(), rules, invocation.find(CLIENT));
        for (Component row : rows) {
            text = text.append(Component.newline()).append(row);
        }
        invocation.source().sendMessage(text);
        return Plugin.done();
    }

    private static List<Component> nowhere(ProxySnapshot snapshot) {
        String then = snapshot.config().unknownDomainBehavior() == UnknownDomain.DROP
                ? "the connection is closed without a word"
                : "a ping gets the default MOTD, a login is refused";
        return List.of(
                row("server", Replies.wrong("none claims it")),
                row(
                        "then",
                        Component.text(then + " (unknown_domain_behavior = \""
                                + snapshot.config().unknownDomainBehavior().key() + "\")")));
    }

    private List<Component> way(ProxySnapshot snapshot, List<DomainRouter.Rule> rules, Optional<InetAddress> client) {
        DomainRouter.Rule rule = rules.getFirst();
        ServerConfig server = rule.server();
        List<Component> rows = new ArrayList<>();
        rows.add(row("server", Replies.typed(server.id())));
        rows.add(row("rule", Component.text(described(rule))));
        if (rules.size() > 1) {
            rows.add(row(
                    "less exact",
                    Component.text(rules.stream()
                            .skip(1)
                            .map(other ->
                                    other.domain() + " of " + other.server().id())
                            .collect(Collectors.joining(", ")))));
        }
        rows.add(row("ip filter", filters(snapshot, server, client)));
        rows.add(row("mode", Component.text(server.proxyMode().key())));
        if (server.proxyMode().intercepted()) {
            rows.add(
                    row("forwarding", Component.text(snapshot.forwarding(server).key())));
        }
        server.network().ifPresent(network -> rows.add(row("network", Component.text(network))));
        if (!server.leadsIntoLimbo()) {
            rows.add(row("balance", Component.text(server.balancing().balance().key())));
        }
        String head = "addresses";
        for (Component address : addresses(server)) {
            rows.add(row(head, address));
            head = "";
        }
        return rows;
    }

    private static String described(DomainRouter.Rule rule) {
        return rule.isWildcard()
                ? "the wildcard " + rule.domain() + ", the most exact one that fits"
                : "the domain " + rule.domain() + ", as it stands";
    }

    private static Component filters(ProxySnapshot snapshot, ServerConfig server, Optional<InetAddress> client) {
        IpFilter door = snapshot.config().ipFilter();
        if (client.isPresent()) {
            InetAddress address = client.get();
            String who = address.getHostAddress();
            if (!door.admits(address)) {
                return Replies.wrong(who + " may not connect to the proxy at all");
            }
            return server.ipFilter().admits(address)
                    ? Replies.done(who + " may come in")
                    : Replies.wrong(who + " may not reach this server");
        }
        String all = Stream.of(
                        door.isEmpty() ? "" : "the proxy's: " + door.summary(),
                        server.ipFilter().isEmpty()
                                ? ""
                                : "the server's: " + server.ipFilter().summary())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return Component.text(all.isEmpty() ? "none" : all);
    }

    private static Component row(String name, Component value) {
        return Component.empty()
                .append(Replies.aside("  " + name + " ".repeat(Math.max(1, NAMES - name.length()))))
                .append(value);
    }
}
