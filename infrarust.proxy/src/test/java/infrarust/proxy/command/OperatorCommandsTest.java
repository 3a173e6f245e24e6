package infrarust.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.Plugin;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Delivery;
import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.Cidr;
import infrarust.proxy.config.IpFilter;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.routing.DomainRouter;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator types, and reads. */
class OperatorCommandsTest {

    private static final ProxySnapshot SNAPSHOT = ProxySnapshot.of(
            ProxyConfig.defaults(),
            ServerConfig.builder("lobby")
                    .domains("play.example.org", "*.example.org")
                    .addresses("10.0.0.5:25565", "10.0.0.6:25565")
                    .network("main")
                    .proxyMode(ProxyMode.CLIENT_ONLY)
                    .ipFilter(new IpFilter(AddressSet.empty(), AddressSet.of(List.of(Cidr.parse("192.0.2.0/24")))))
                    .build(),
            ServerConfig.builder("games")
                    .domains("*")
                    .addresses("10.0.0.7")
                    .proxyMode(ProxyMode.OFFLINE)
                    .network("main")
                    .build());

    private final OnlinePlayers players = new OnlinePlayers();
    private final ProxyCommands commands = new ProxyCommands(
            new FakeDeadlines(),
            (source, node) -> true,
            new KnownNames(
                    players,
                    () -> SNAPSHOT.servers().stream().map(ServerConfig::id).toList()));
    private final Operations operations = new Operations();
    private final OperatorCommands operator = new OperatorCommands(operations, commands);
    private final Hearer console = new Hearer(10);
    private final FakePlayer bob = join(1, "Bob", "lobby");
    private final FakePlayer eve = join(2, "Eve", "games");

    OperatorCommandsTest() {
        new InfrarustCommand(operations, commands, players, SNAPSHOT::servers).register();
        new ConsoleOperations("1.2.3", operations, commands).addTo();
        new PlayerOperations(players).addTo(operations);
        var router = DomainRouter.of(SNAPSHOT);
        var pools = new Pools(SNAPSHOT, () -> 0, change -> {});
        new RouteOperations(players, () -> router, () -> pools).addTo(operations);
    }

    private FakePlayer join(int id, String name, String server) {
        var player = new FakePlayer(id, name);
        player.moveTo(server);
        players.register(player);
        return player;
    }

    private String answer(String line) throws Exception {
        operator.run(console, line).toCompletableFuture().get(10, TimeUnit.SECONDS);
        return console.heard();
    }

    private List<String> completed(String line) throws Exception {
        return operator.suggest(console, line).toCompletableFuture().get(10, TimeUnit.SECONDS).stream()
                .map(Suggestion::text)
                .toList();
    }

    private static String told(FakePlayer player) {
        return PlainTextComponentSerializer.plainText()
                .serialize(player.messages().getLast());
    }

    @Nested
    class A_line {

        @Test
        void that_is_empty_is_nothing() throws Exception {
            assertThat(answer("")).isEmpty();
            assertThat(answer("   ")).isEmpty();
            assertThat(answer("/")).isEmpty();
        }

        @Test
        void may_begin_with_a_slash_and_be_in_any_case() throws Exception {
            assertThat(answer("/Version")).startsWith("Infrarust 1.2.3, Java ");
            assertThat(answer(" VER")).startsWith("Infrarust 1.2.3");
        }

        @Test
        void that_nobody_knows_is_answered_with_what_is_nearest() throws Exception {
            assertThat(answer("kik Bob"))
                    .isEqualTo("There is no command \"kik\"; did you mean kick? help lists them all.");
            assertThat(answer("xyzzy")).isEqualTo("There is no command \"xyzzy\". help lists them all.");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "kick | Expected <players>, but the line ends. | Usage: kick <players> [reason...]",
                    "kick Bbo | No player is called Bbo; did you mean Bob? | Usage: kick <players> [reason...]",
                    "send Bob gaems | There is no server gaems; did you mean games? | Usage: send <players> <server>",
                    "route xplain a | Expected explain, not \"xplain\"; did you mean explain? | Usage: route explain"
                            + " <host> [address]",
                    "gc now | \"now\" is too much here. | Usage: gc",
                    "kick-ip 1.2 | \"1.2\" is no IP address as it is written in a list | Usage: kick-ip <address>"
                            + " [reason...]",
                    "find Bob Eve | \"Eve\" is too much here. | Usage: find <player>",
                })
        void that_does_not_fit_is_told_what_was_expected(String line, String expected, String usage) throws Exception {
            assertThat(answer(line).lines()).startsWith(expected, usage);
        }

        @Test
        void reaches_the_commands_of_plugins_by_their_names() throws Exception {
            commands.of("hello").register(CommandSpec.of("greet").withDescription("greets"), invocation -> {
                invocation.source().sendMessage(Component.text("Hello, " + invocation.raw()));
                return Plugin.done();
            });
            assertThat(answer("greet operator")).isEqualTo("Hello, operator");
            assertThat(answer("hello:greet you")).isEqualTo("Hello, you");
            assertThat(answer("help greet")).isEqualTo("greet greets");
            assertThat(completed("gr")).containsExactly("greet");
        }
    }

    @Nested
    class Completion {

        @Test
        void is_of_names_and_of_aliases_only_when_no_name_will_do() throws Exception {
            assertThat(completed("se")).containsExactly("send", "send-all", "servers");
            assertThat(completed("whi")).containsExactly("whisper");
            assertThat(completed("")).contains("help", "kick").doesNotContain("bc", "infrarust");
        }

        @Test
        void is_of_what_an_argument_can_be() throws Exception {
            assertThat(completed("kick ")).containsExactly("Bob", "Eve", "*");
            assertThat(completed("kick b")).containsExactly("Bob");
            assertThat(completed("kick Bob,")).containsExactly("Bob,Eve");
            assertThat(completed("kick Bob because ")).isEmpty();
            assertThat(completed("send Bob g")).containsExactly("games");
            assertThat(completed("send Nobody g")).isEmpty();
            assertThat(completed("broadcast --")).containsExactly("--server");
            assertThat(completed("broadcast --server l")).containsExactly("lobby");
            assertThat(completed("route ")).containsExactly("explain");
            assertThat(completed("kick-ip 127")).containsExactly("127.0.0.1");
            assertThat(completed("help ki")).containsExactly("kick", "kick-ip");
            assertThat(completed("nothing x")).isEmpty();
        }
    }

    @Nested
    class Lists {

        @Test
        void say_who_is_where() throws Exception {
            assertThat(answer("list")).isEqualTo("2 players online\ngames (1): Eve\nlobby (1): Bob");
            assertThat(answer("who lobby")).isEqualTo("1 player online on lobby\nlobby (1): Bob");
            assertThat(answer("find bob")).isEqualTo("Bob is on lobby.");
        }

        @Test
        void have_pages_as_high_as_the_screen() throws Exception {
            for (int i = 0; i < 100; i++) {
                join(10 + i, "Somebody" + (10 + i), "lobby");
            }
            String first = answer("ls");
            assertThat(first.lines()).hasSize(9);
            assertThat(first).startsWith("102 players online (page 1 of 2)\n").endsWith("more: ls 2");
            assertThat(answer("ls lobby 2"))
                    .startsWith("101 players online on lobby (page 2 of 2)\n")
                    .doesNotContain("more");
            assertThat(answer("ls 3")).isEqualTo("There are only 2 pages.");
            assertThat(answer("list lobby")).endsWith("more: list lobby 2");
        }

        @Test
        void count_rows_that_are_longer_than_a_line_by_their_lines() {
            var rows = List.of(Component.text("x".repeat(800)), Component.text("y"), Component.text("z"));
            new Pages("Three", rows).show(console, 1, "them");
            assertThat(console.heard()).startsWith("Three (page 1 of 2)\nxxx").endsWith("x\n2 more: them 2");
            new Pages("Three", rows).show(console, 2, "them");
            assertThat(console.heard()).isEqualTo("Three (page 2 of 2)\ny\nz");
        }

        @Test
        void show_servers_with_their_addresses() throws Exception {
            assertThat(answer("servers")).isEqualTo("""
                2 servers
                lobby client_only, network main, 1 player
                  10.0.0.5:25565 healthy, 0 players
                  10.0.0.6:25565 healthy, 0 players
                games offline, network main, 1 player
                  10.0.0.7:25565 healthy, 0 players\
                """);
        }

        @Test
        void help_has_every_command_and_explains_one() throws Exception {
            assertThat(answer("help")).startsWith("Commands (page 1 of").contains("help [page]");
            assertThat(answer("? broadcast")).isEqualTo("""
                broadcast --server <server> <message...> tells everybody something, or everybody on one server
                broadcast <message...>
                Also called: bc, say\
                """);
            assertThat(answer("help kik")).isEqualTo("There is no command \"kik\"; did you mean kick?");
        }
    }

    @Nested
    class Players_can_be {

        @Test
        void kicked_with_a_reason_or_without() throws Exception {
            assertThat(answer("kick bob  Too  loud ")).isEqualTo("Kicked Bob.");
            assertThat(bob.disconnectReason()).contains(Component.text("Too  loud"));
            assertThat(answer("kick-ip 127.0.0.0/8")).isEqualTo("Kicked Bob, Eve.");
            assertThat(eve.disconnectReason()).contains(Component.text("Kicked by an administrator"));
            assertThat(answer("kick-ip 10.0.0.0/8")).isEqualTo("Nobody is connected from there.");
            assertThat(answer("kick-ip ::/0")).isEqualTo("Nobody is connected from there.");
        }

        @Test
        void sent_to_a_server() throws Exception {
            assertThat(answer("send Bob,Eve GAMES")).contains("Bob is on games now.", "Eve is on games now.");
            assertThat(answer("send-all lobby games")).contains("Bob is on lobby now.", "Eve is on lobby now.");
            assertThat(answer("send-all games games")).isEqualTo("Nobody is there to be moved.");
            players.register(new FakePlayer(3, "Stuck") {
                @Override
                public CompletionStage<ConnectionResult> connect(String next) {
                    return CompletableFuture.completedFuture(new ConnectionResult.Denied(Component.text("full")));
                }
            });
            assertThat(answer("send Stuck games")).isEqualTo("Stuck may not go to games: full");
        }

        @Test
        void told_something() throws Exception {
            assertThat(answer("tell Bob be  nice")).isEqualTo("Told Bob.");
            assertThat(told(bob)).isEqualTo("[console -> you] be  nice");
            assertThat(answer("say Hello all")).isEqualTo("Told Bob, Eve.");
            assertThat(told(eve)).isEqualTo("[Broadcast] Hello all");
            assertThat(answer("bc --server games Bye")).isEqualTo("Told Eve.");
            assertThat(told(bob)).isEqualTo("[Broadcast] Hello all");
            assertThat(answer("bc --server games")).startsWith("Expected the id of a server and a message");
            assertThat(told(eve)).isEqualTo("[Broadcast] Bye");
        }

        @Test
        void out_of_reach_and_the_operator_knows() throws Exception {
            var relayed = new FakePlayer(3, "Far") {
                @Override
                public Delivery sendMessage(Component message) {
                    return Delivery.NOT_ACTIVE;
                }
            };
            players.register(relayed);
            assertThat(answer("msg Far hello")).startsWith("It cannot be shown to Far");
            assertThat(answer("say hello")).isEqualTo("Told Bob, Eve. 1 other could not be told.");
            players.remove(bob);
            players.remove(eve);
            players.remove(relayed);
            assertThat(answer("say hello")).isEqualTo("Nobody is there to hear it.");
        }
    }

    @Nested
    class A_route {

        @Test
        void is_explained_by_the_rule_that_wins() throws Exception {
            assertThat(answer("route explain PLAY.example.org.")).isEqualTo("""
                play.example.org
                  server      lobby
                  rule        the domain play.example.org, as it stands
                  less exact  *.example.org of lobby, * of games
                  ip filter   the server's: all allowed, 1 blocked
                  mode        client_only
                  forwarding  none
                  network     main
                  balance     first_available
                  addresses     10.0.0.5:25565 healthy, 0 players
                                10.0.0.6:25565 healthy, 0 players\
                """);
            assertThat(answer("route explain a.example.org"))
                    .contains("rule        the wildcard *.example.org, the most exact one that fits");
        }

        @Test
        void says_whether_an_address_may_go_there() throws Exception {
            assertThat(answer("route explain play.example.org 192.0.2.7"))
                    .contains("192.0.2.7 may not reach this server");
            assertThat(answer("route explain play.example.org 192.0.3.7")).contains("192.0.3.7 may come in");
        }

        @Test
        void that_leads_nowhere_says_what_happens_then() throws Exception {
            var none = ProxySnapshot.of(ProxyConfig.defaults(), List.of());
            var alone = new Operations();
            new RouteOperations(players, () -> DomainRouter.of(none), () -> new Pools(none, () -> 0, change -> {}))
                    .addTo(alone);
            new OperatorCommands(alone, commands)
                    .run(console, "route explain x")
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(console.heard()).isEqualTo("""
                x
                  server      none claims it
                  then        a ping gets the default MOTD, a login is refused (unknown_domain_behavior = "default_motd")\
                """);
        }
    }

    @Test
    void the_screen_is_cleared_and_garbage_collected() throws Exception {
        assertThat(answer("cls")).isEqualTo("(cleared)");
        assertThat(answer("gc")).matches("Heap: \\d+ MiB used after, \\d+ MiB before; \\d+ MiB taken of \\d+ MiB");
    }

    @Test
    void two_operations_cannot_have_one_name() {
        assertThatThrownBy(() -> operations.add(CommandSpec.of("who"), invocation -> Plugin.done()))
                .hasMessageContaining("two operations are called \"who\"");
    }
}
