package infrarust.proxy.wasm.contract023;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.PluginMetadata;
import infrarust.api.permission.Tristate;
import infrarust.proxy.command.CommandLane;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.config.Capability;
import infrarust.proxy.config.EventSettings;
import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.config.WasmSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.plugin.GivenServices;
import infrarust.proxy.plugin.PluginScope;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.wasm.CallLimits;
import infrarust.proxy.wasm.CallOutcome;
import infrarust.proxy.wasm.CapabilityGate;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.PluginActor;
import infrarust.proxy.wasm.contract023.Types.PermissionLevel;
import infrarust.proxy.wasm.contract023.Types.ServiceError;
import infrarust.wasm.component.bind.Result;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The adapters of commands, tasks, bans, servers and permissions, with Java in the place of the guest. */
@Timeout(20)
class ServiceHostsTest {

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final ProxyCommands commands = new ProxyCommands(clock, (source, node) -> true);
    private final PluginActor actor = new PluginActor("x", 16, clock, fault -> {});
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final GuestHost all = host(Capability.values());
    private final GuestHost nothing = host();

    @AfterEach
    void stop() {
        actor.close();
    }

    private GuestHost host(Capability... granted) {
        var logger = LoggerFactory.getLogger("plugin.x");
        return new GuestHost(
                new PluginScope(
                        new PluginMetadata("x", "x", "1.0.0"),
                        GivenServices.of(events, commands, clock, id -> PluginSettings.defaults())),
                new CapabilityGate(Set.of(granted), logger, System::nanoTime),
                actor,
                CallLimits.of(WasmSettings.defaults(), EventSettings.defaults()));
    }

    private Guest guest() {
        return (Guest) Proxy.newProxyInstance(
                Guest.class.getClassLoader(), new Class<?>[] {Guest.class}, (self, method, arguments) -> {
                    heard.add(method.getName() + Arrays.asList(arguments));
                    return switch (method.getName()) {
                        case "tabComplete" -> List.of("one", "two");
                        case "checkPermission" -> arguments[1].equals("x.fly");
                        case "permissionLevelOf" -> PermissionLevel.ADMIN;
                        default -> null;
                    };
                });
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
    }

    private <T> T onActor(Callable<T> body) throws Exception {
        var outcome = actor.call("test", Duration.ofSeconds(60), body).get(10, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(CallOutcome.Answered.class);
        return ((CallOutcome.Answered<T>) outcome).value();
    }

    @Nested
    class Commands {

        private final CommandManagerHost manager = new CommandManagerHost(all, ServiceHostsTest.this::guest);
        private final FakePlayer ada = new FakePlayer(7, "Ada");

        @Test
        void run_in_the_guest_with_their_words_and_player() throws Exception {
            manager.register("Home", List.of("h"), "goes home", 3);
            assertThat(commands.run(commands.sourceOf(ada), TypedCommand.of("H  a b"), new CommandLane()))
                    .isTrue();
            assertThat(next()).isEqualTo("handleCommand[3, [a, b], OptionalLong[7]]");
        }

        @Test
        void are_completed_with_the_cursor_in_bytes() throws Exception {
            manager.register("home", List.of(), "", 3);
            var source = commands.sourceOf(ada);
            var suggestions = commands.suggest(source, TypedCommand.of("home é "), new CommandLane())
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(suggestions).extracting("text").containsExactly("one", "two");
            assertThat(next()).isEqualTo("tabComplete[3, [é, ], 3]");
            var _ = commands.suggest(source, TypedCommand.of("home "), new CommandLane());
            assertThat(next()).isEqualTo("tabComplete[3, [], 0]");
        }

        @Test
        void are_gone_when_they_are_unregistered_and_no_more_than_256() {
            for (int i = 0; i < 300; i++) {
                manager.register("c" + i, List.of(), "", i);
            }
            assertThat(commands.has(TypedCommand.of("c255"))).isTrue();
            assertThat(commands.has(TypedCommand.of("c256"))).isFalse();
            manager.unregister("C255");
            assertThat(commands.has(TypedCommand.of("c255"))).isFalse();
        }

        @Test
        void that_cannot_be_or_may_not_be_are_left_out() {
            manager.register("a b", List.of(), "", 1);
            new CommandManagerHost(nothing, ServiceHostsTest.this::guest).register("home", List.of(), "", 1);
            assertThat(commands.has(TypedCommand.of("home"))).isFalse();
        }
    }

    @Nested
    class Tasks {

        private final SchedulerHost scheduler = new SchedulerHost(all, ServiceHostsTest.this::guest);

        @Test
        void run_after_their_time_unless_cancelled() throws Exception {
            assertThat(scheduler.delay(50, 4)).isEqualTo(1);
            scheduler.cancel(scheduler.delay(20, 5));
            scheduler.cancel(99);
            clock.advance(Duration.ofMillis(50));
            assertThat(next()).isEqualTo("onScheduledTask[4]");
            assertThat(heard).isEmpty();
        }

        @Test
        void may_have_a_period_of_nothing_and_a_time_of_ages() throws Exception {
            scheduler.delay(-1, 4);
            scheduler.interval(0, 5);
            clock.advance(Duration.ofMillis(1));
            assertThat(next()).isEqualTo("onScheduledTask[5]");
        }

        @Test
        void are_no_more_than_1024_and_none_without_the_capability() {
            for (int i = 0; i < 1024; i++) {
                assertThat(scheduler.delay(1000, i)).isEqualTo(i + 1);
            }
            assertThat(scheduler.delay(1000, 1)).isZero();
            assertThat(new SchedulerHost(nothing, ServiceHostsTest.this::guest).interval(1, 1))
                    .isZero();
        }
    }

    @Nested
    class Bans {

        private final Types.BanTarget somebody = new Types.BanTarget.Username("Ada");

        @Test
        void need_the_capability() {
            var missing = Result.err(new ServiceError.OperationFailed("missing capability: ban"));
            var service = new BanServiceHost(nothing);
            assertThat(service.ban(somebody, Optional.empty(), OptionalLong.empty()))
                    .isEqualTo(missing);
            assertThat(service.isBanned(somebody)).isEqualTo(missing);
            assertThat(service.getAllBans()).isEqualTo(missing);
        }

        @Test
        void of_nobody_are_refused() {
            var invalid = Result.err(new ServiceError.OperationFailed("invalid ban target"));
            var service = new BanServiceHost(all);
            assertThat(service.isBanned(new Types.BanTarget.Ip("example.org"))).isEqualTo(invalid);
            assertThat(service.unban(new Types.BanTarget.Uuid("x"))).isEqualTo(invalid);
        }

        @Test
        void last_longer_than_nothing() {
            assertThat(new BanServiceHost(all).ban(somebody, Optional.empty(), OptionalLong.of(0)))
                    .isInstanceOf(Result.Err.class);
        }

        @Test
        void that_there_are_not_are_an_answer() throws Exception {
            var service = new BanServiceHost(all);
            assertThat(onActor(() -> service.isBanned(somebody))).isNotNull();
            assertThat(onActor(service::getAllBans)).isNotNull();
        }
    }

    @Nested
    class ServersAndConfiguration {

        @Test
        void know_no_managed_server() {
            var servers = new ServerManagerHost(all);
            assertThat(servers.getState("lobby")).isEmpty();
            assertThat(servers.getAllServers()).isEmpty();
            assertThat(servers.start("lobby")).isEqualTo(Result.err(new ServiceError.NotFound("lobby")));
            assertThat(new ServerManagerHost(nothing).stop("lobby"))
                    .isEqualTo(Result.err(new ServiceError.OperationFailed("missing capability: server-manage")));
        }

        @Test
        void answer_none_for_what_is_not_there() {
            var config = new ConfigServiceHost(all);
            assertThat(config.getServerConfig("lobby")).isEmpty();
            assertThat(config.getAllServerConfigs()).isEmpty();
            assertThat(config.getValue("bind")).isEmpty();
        }
    }

    @Nested
    class PermissionsOfTheGuest {

        @Test
        void are_learnt_first_and_then_said_from_memory() throws Exception {
            var checker = new GuestPermissions(all, ServiceHostsTest.this::guest, 9);
            assertThat(checker.learn().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(checker.value(PlayerRegistryHost.ADMIN)).isEqualTo(Tristate.TRUE);
            assertThat(checker.value("x.fly")).isEqualTo(Tristate.UNDEFINED);
            onActor(() -> ""); // behind the question
            assertThat(checker.value("x.fly")).isEqualTo(Tristate.TRUE);
        }
    }
}
