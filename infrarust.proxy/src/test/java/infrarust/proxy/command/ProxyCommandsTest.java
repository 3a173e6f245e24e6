package infrarust.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.Plugin;
import infrarust.api.PluginMetadata;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.CommandTakenException;
import infrarust.api.command.Suggestion;
import infrarust.api.permission.PermissionRules;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Player;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.permission.GivenPermissions;
import infrarust.proxy.permission.PlayerPermissions;
import infrarust.proxy.plugin.GivenServices;
import infrarust.proxy.plugin.PluginScope;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProxyCommandsTest {

    private final FakeDeadlines clock = new FakeDeadlines();
    private final OnlinePlayers players = new OnlinePlayers();
    private final ProxyCommands commands = new ProxyCommands(
            clock,
            (source, node) -> !node.equals("forbidden"),
            new KnownNames(players, () -> List.of("lobby", "games", "other", "alone")));
    private final CommandLane lane = new CommandLane();
    private final BlockingQueue<CommandInvocation> ran = new LinkedBlockingQueue<>();
    private final Command note = invocation -> {
        ran.add(invocation);
        return Plugin.done();
    };

    /** A source that keeps what it is told. */
    private static final class Listener implements CommandSource {

        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final Optional<Player> player;
        private final PlayerPermissions permissions;

        Listener(Optional<Player> player, PermissionSettings settings) {
            this.player = player;
            this.permissions = GivenPermissions.of(
                    settings,
                    new EventDispatcher(new FakeDeadlines(), EventDispatcher.DEFAULT_TIMEOUT),
                    new FakeDeadlines());
        }

        @Override
        public Optional<Player> player() {
            return player;
        }

        @Override
        public String name() {
            return "listener";
        }

        @Override
        public void sendMessage(Component message) {
            told.add(PlainTextComponentSerializer.plainText().serialize(message));
        }

        @Override
        public boolean hasPermission(String node) {
            return !node.equals("forbidden")
                    && player.map(one -> permissions
                                    .value(one, PermissionRules.none(), node)
                                    .orElse(false))
                            .orElse(true);
        }

        String heard() throws InterruptedException {
            return String.valueOf(told.poll(10, TimeUnit.SECONDS));
        }
    }

    private final Listener console = new Listener(Optional.empty(), PermissionSettings.defaults());

    @Nested
    class Names {

        @Test
        void are_taken_by_the_first_and_aliases_as_far_as_they_are_free() {
            commands.of("a").register(CommandSpec.of("Home").withAliases("h"), note);
            assertThatThrownBy(() -> commands.of("b").register(CommandSpec.of("home"), note))
                    .isInstanceOf(CommandTakenException.class)
                    .hasMessageContaining("\"home\" is taken by 'a'");
            var registration = commands.of("b").register(CommandSpec.of("house").withAliases("H", "hs", "house"), note);
            assertThat(registration.aliases()).containsExactly("hs");
            assertThat(registration.rejectedAliases()).containsExactly("h");
            assertThat(registration.namespaced()).isEqualTo("b:house");
        }

        @Test
        void are_free_again_when_the_command_is_gone_and_not_a_moment_before() {
            var registration = commands.of("a").register(CommandSpec.of("home").withAliases("h"), note);
            registration.unregister();
            registration.unregister();
            assertThat(commands.has(TypedCommand.of("h"))).isFalse();
            assertThat(commands.has(TypedCommand.of("a:home"))).isFalse();
            commands.of("b").register(CommandSpec.of("home"), note);
            registration.unregister();
            assertThat(commands.has(TypedCommand.of("HOME"))).isTrue();
        }

        @Test
        void go_with_the_plugin() {
            var scope = new PluginScope(
                    new PluginMetadata("a", "A", "1"),
                    GivenServices.of(
                            new EventDispatcher(clock, EventDispatcher.DEFAULT_TIMEOUT),
                            commands,
                            clock,
                            id -> PluginSettings.defaults()));
            scope.commands().register(CommandSpec.of("one"), note);
            scope.commands().register(CommandSpec.of("two"), note).unregister();
            assertThat(scope.size()).isEqualTo(1);
            assertThat(commands.has(TypedCommand.of("one"))).isTrue();
            scope.close();
            assertThat(commands.has(TypedCommand.of("one"))).isFalse();
            assertThatThrownBy(() -> scope.commands().register(CommandSpec.of("late"), note))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(commands.has(TypedCommand.of("late"))).isFalse();
        }

        @Test
        void have_a_form() {
            for (String wrong : List.of("", "a b", "a:b", "/a", "a\n")) {
                assertThatIllegalArgumentException().isThrownBy(() -> CommandSpec.of(wrong));
            }
        }
    }

    @Nested
    class A_call {

        @Test
        void waits_for_the_one_before_and_no_more_than_sixteen_wait() throws Exception {
            var stuck = new CountDownLatch(1);
            commands.of("a").register(CommandSpec.of("slow"), invocation -> {
                stuck.await();
                return note.execute(invocation);
            });
            for (int i = 0; i < 1 + CommandLane.MOST_WAITING; i++) {
                assertThat(commands.run(console, TypedCommand.of("slow " + i), lane))
                        .isTrue();
            }
            assertThat(console.told).isEmpty();
            commands.run(console, TypedCommand.of("slow too much"), lane);
            assertThat(console.heard()).contains("faster than they can run");
            stuck.countDown();
            for (int i = 0; i < 1 + CommandLane.MOST_WAITING; i++) {
                assertThat(ran.poll(10, TimeUnit.SECONDS))
                        .extracting(CommandInvocation::raw)
                        .isEqualTo("" + i);
            }
        }

        @Test
        void that_takes_too_long_is_given_up_and_the_next_one_runs() throws Exception {
            var never = new CountDownLatch(1);
            var interrupted = new CompletableFuture<Boolean>();
            commands.of("a").register(CommandSpec.of("stuck"), invocation -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                    throw e;
                }
                return Plugin.done();
            });
            commands.of("a").register(CommandSpec.of("next"), note);
            commands.run(console, TypedCommand.of("stuck"), lane);
            commands.run(console, TypedCommand.of("next"), lane);
            clock.advance(CommandCalls.RUN_TIME);
            assertThat(console.heard()).contains("too long");
            assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(ran.poll(10, TimeUnit.SECONDS)).isNotNull();
        }

        @Test
        void that_fails_or_answers_with_a_failed_stage_is_contained() throws Exception {
            commands.of("a").register(CommandSpec.of("throws"), invocation -> {
                throw new StackOverflowError();
            });
            commands.of("a")
                    .register(
                            CommandSpec.of("fails"),
                            invocation -> CompletableFuture.failedStage(new IllegalStateException("x")));
            commands.run(console, TypedCommand.of("throws"), lane);
            assertThat(console.heard()).contains("failed");
            commands.run(console, TypedCommand.of("fails"), lane);
            assertThat(console.heard()).contains("failed");
        }

        @Test
        void without_the_permission_is_refused_and_not_completed_or_shown() throws Exception {
            commands.of("a").register(CommandSpec.of("secret").withPermission("forbidden"), note);
            commands.of("a").register(CommandSpec.of("open").withPermission("allowed"), note);
            commands.of("a").register(CommandSpec.of("shy").asHidden(), note);
            commands.run(console, TypedCommand.of("secret"), lane);
            assertThat(console.heard()).contains("permission");
            assertThat(commands.visibleTo(console)).containsExactly("open");
            assertThat(commands.suggest(console, TypedCommand.of("secret "), lane)
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS))
                    .isEmpty();
            assertThat(ran).isEmpty();
        }
    }

    @Test
    void a_line_is_taken_apart_at_blanks_and_the_word_under_the_cursor_is_the_last() {
        assertThat(TypedCommand.of("Warp").unfinishedArguments()).containsExactly("");
        assertThat(TypedCommand.of("Warp").hasBlank()).isFalse();
        assertThat(TypedCommand.of("Warp  a b").arguments()).containsExactly("a", "b");
        assertThat(TypedCommand.of("Warp  a b").unfinishedArguments()).containsExactly("a", "b");
        assertThat(TypedCommand.of("Warp x ").unfinishedArguments()).containsExactly("x", "");
        assertThat(TypedCommand.of("Warp x ").key()).isEqualTo("warp");
    }

    @Nested
    class The_proxys_own {

        private final Operations operations = new Operations();
        private final List<String> asked = new ArrayList<>();
        private ConnectionResult answer = new ConnectionResult.Connected("games");
        private final FakePlayer bob = new FakePlayer(1, "Bob") {
            @Override
            public CompletionStage<ConnectionResult> connect(String next) {
                asked.add(next);
                return CompletableFuture.completedFuture(answer);
            }
        };

        The_proxys_own() {
            bob.moveTo("lobby");
            players.register(bob);
            new InfrarustCommand(
                            operations,
                            commands,
                            players,
                            () -> List.of(
                                    server("lobby", "main"),
                                    server("games", "main"),
                                    server("other", "elsewhere"),
                                    ServerConfig.builder("alone").build()))
                    .register();
            new ConsoleOperations("1.2.3", operations, commands).addTo();
            new PlayerOperations(players).addTo(operations);
        }

        private static ServerConfig server(String id, String network) {
            return ServerConfig.builder(id).network(network).build();
        }

        private Listener player(String... open) {
            return new Listener(Optional.of(bob), new PermissionSettings(List.of(), Set.of(open), false));
        }

        private String answer(Listener source, String line) throws InterruptedException {
            assertThat(commands.run(source, TypedCommand.of(line), lane)).isTrue();
            return source.heard();
        }

        private List<String> completed(Listener source, String line) throws Exception {
            return commands
                    .suggest(source, TypedCommand.of(line), lane)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .stream()
                    .map(Suggestion::text)
                    .toList();
        }

        @Test
        void are_closed_to_players_unless_the_configuration_opens_them() throws Exception {
            assertThat(answer(player(), "ir")).contains("permission");
            assertThat(commands.visibleTo(player())).isEmpty();
            Listener some = player("help", "server");
            assertThat(commands.visibleTo(some)).containsExactly("infrarust", "ir");
            assertThat(answer(some, "ir")).contains("/ir help", "/ir server").doesNotContain("/ir list");
            assertThat(answer(some, "ir version")).contains("permission");
            assertThat(answer(some, "ir nonsense")).contains("there are: help, server");
            assertThat(completed(some, "ir ")).containsExactly("help", "server");
            assertThat(completed(some, "ir SE")).containsExactly("server");
        }

        @Test
        void are_open_to_admins_whose_name_is_proven() throws Exception {
            var named = new PermissionSettings(List.of("bob"), Set.of(), false);
            assertThat(answer(new Listener(Optional.of(bob), named), "infrarust version"))
                    .contains("permission");
            var trusting = new PermissionSettings(List.of(bob.profile().uuid().toString()), Set.of(), true);
            assertThat(answer(new Listener(Optional.of(bob), trusting), "infrarust version"))
                    .isEqualTo("Infrarust 1.2.3");
            var online = new FakePlayer(2, "Bob") {
                @Override
                public boolean isOnlineMode() {
                    return true;
                }
            };
            assertThat(answer(new Listener(Optional.of(online), named), "infrarust version"))
                    .isEqualTo("Infrarust 1.2.3");
        }

        @Test
        void say_who_is_where() throws Exception {
            Listener some = player("list", "find");
            assertThat(answer(some, "ir list")).isEqualTo("1 player online: Bob (lobby)");
            assertThat(answer(some, "ir find bOB")).isEqualTo("Bob is on lobby.");
            assertThat(answer(some, "ir find Eve")).contains("No player is called Eve", "Usage: /ir find <player>");
            assertThat(completed(some, "ir find b")).containsExactly("Bob");
            assertThat(completed(some, "ir kick b")).isEmpty();
        }

        @Test
        void move_a_player_within_its_network_and_say_what_became_of_it() throws Exception {
            Listener source = player("server");
            assertThat(answer(source, "ir server")).isEqualTo("Servers: lobby (1, you are here), games (0)");
            assertThat(completed(source, "ir server ")).containsExactly("lobby", "games");
            assertThat(answer(source, "ir server GAMES")).isEqualTo("You are on games now.");
            answer = new ConnectionResult.AlreadyConnected();
            assertThat(answer(source, "ir server lobby")).isEqualTo("You are on lobby already.");
            answer = new ConnectionResult.Denied(Component.text("members only"));
            assertThat(answer(source, "ir server other")).isEqualTo("You may not go to other: members only");
            answer = new ConnectionResult.Failed(Component.text("full"));
            assertThat(answer(source, "ir server games")).isEqualTo("games cannot take you: full");
            answer = new ConnectionResult.Cancelled();
            assertThat(answer(source, "ir server games")).contains("given up");
            assertThat(asked).containsExactly("games", "lobby", "other", "games", "games");
            assertThat(answer(console, "ir server games")).contains("Only a player");
        }
    }
}
