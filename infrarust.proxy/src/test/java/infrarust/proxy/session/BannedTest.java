package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanProvider;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import infrarust.api.ban.BanVerdict;
import infrarust.api.ban.LoginAttempt;
import infrarust.api.ban.Page;
import infrarust.api.event.PermissionsSetupEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.permission.PermissionRules;
import infrarust.api.player.Player;
import infrarust.proxy.ban.BanBarrier;
import infrarust.proxy.ban.GivenBans;
import infrarust.proxy.ban.ProxyBans;
import infrarust.proxy.ban.StoredBans;
import infrarust.proxy.config.BanSettings;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.CodecFilters;
import infrarust.proxy.forward.Forwarding;
import infrarust.proxy.gate.Gate;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.net.Transport;
import infrarust.proxy.permission.GivenPermissions;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.service.MessageChannels;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.store.Database;
import infrarust.proxy.telemetry.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is banned does not get to a server, and who is on one is sent away. */
class BannedTest {

    private static final PacketTable PACKETS = PacketTable.load();
    private static final int PROTOCOL = 765;

    @TempDir
    private Path folder;

    private final OnlinePlayers players = new OnlinePlayers();
    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final BlockingQueue<PreLoginEvent> preLogins = new LinkedBlockingQueue<>();
    private Database database;
    private ProxyBans bans;
    private ServerSocket listening;
    private LoopbackProxy proxy;

    @BeforeEach
    void open() throws IOException {
        database = new Database(folder.resolve("infrarust.db"));
        bans = GivenBans.stored(new StoredBans(database, InstantSource.system(), true), events, players, clock);
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
        events.busOf("test").subscribe(PreLoginEvent.class, preLogins::add);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        listening.close();
        clock.close();
        database.close();
    }

    private void start(ProxyMode mode) throws IOException {
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.defaults(),
                        ServerConfig.builder("lobby")
                                .domains("*")
                                .addresses("127.0.0.1:" + listening.getLocalPort())
                                .proxyMode(mode)
                                .build()),
                (network, backends) -> {
                    var barrier = new BanBarrier(bans);
                    return new Gate.Rooms(
                            barrier.beforePings(client -> client.refuse(Component.text("pong"))),
                            barrier.beforeLegacyPings(client -> client.close()),
                            barrier.beforeLogins(
                                    new Forwarding(backends, barrier.names(), new LoginGuard(events), events, players)),
                            new Sessions(
                                    backends,
                                    new LoginGuard(events),
                                    bans,
                                    GivenPermissions.of(PermissionSettings.defaults(), events, clock),
                                    events,
                                    players,
                                    OnlySessions.noCommands(),
                                    new MessageChannels(players),
                                    OnlySessions.NO_LIMBO,
                                    FakeSessionServer.unused(),
                                    new Forwardings(Optional.empty(), () -> 0),
                                    new CodecFilters(EventDispatcher.DEFAULT_TIMEOUT)));
                });
    }

    private PacketSocket dial() throws IOException {
        var client = new PacketSocket(proxy.connect(), PACKETS.ids(PROTOCOL));
        client.send(Handshake.LAYOUT, new Handshake(PROTOCOL, "play.example.org", 25565, Handshake.LOGIN));
        client.send(
                LoginStart.LAYOUT,
                new LoginStart(
                        "Bob",
                        Optional.empty(),
                        Optional.of(OfflineProfile.of("Bob").uuid())));
        return client;
    }

    private void ban(BanTarget target) {
        bans.of(new BanSource.Console())
                .ban(BanRequest.of(target).withReason("for tests"))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void isToldWhy() throws IOException {
        try (var client = dial()) {
            assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("banned", "for tests");
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(proxy.counters().refusedSoFar(Refusal.BANNED)).isEqualTo(1);
    }

    @Test
    void a_name_is_kept_out_of_a_server_that_is_only_forwarded_to() throws IOException {
        start(ProxyMode.PASSTHROUGH);
        ban(new BanTarget.Username("BOB"));
        isToldWhy();
        assertThat(preLogins).isEmpty();
    }

    @Test
    void other_names_are_forwarded_while_one_is_banned() throws IOException {
        start(ProxyMode.PASSTHROUGH);
        ban(new BanTarget.Username("Mallory"));
        try (var client = dial();
                var arrived = listening.accept()) {
            assertThat(arrived.getInputStream().read()).isPositive(); // the handshake
            client.send(LoginStart.LAYOUT, new LoginStart("Bob", Optional.empty(), Optional.empty()));
        }
    }

    @Test
    void a_name_is_kept_out_before_the_plugins_hear_of_it() throws IOException {
        start(ProxyMode.OFFLINE);
        ban(new BanTarget.Username("BOB"));
        isToldWhy();
        assertThat(preLogins).isEmpty();
    }

    @Test
    void an_account_is_kept_out_once_it_is_known() throws IOException {
        start(ProxyMode.OFFLINE);
        ban(new BanTarget.Uuid(OfflineProfile.of("Bob").uuid()));
        isToldWhy();
        assertThat(preLogins).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ProxyMode.class,
            names = {"OFFLINE", "PASSTHROUGH"})
    void an_address_is_kept_out_in_every_mode(ProxyMode mode) throws IOException {
        start(mode);
        ban(BanTarget.address("127.0.0.0/30"));
        isToldWhy();
        assertThat(preLogins).isEmpty();
    }

    @Test
    void an_address_finds_nobody_to_ping() throws IOException {
        start(ProxyMode.PASSTHROUGH);
        ban(BanTarget.address("127.0.0.1"));
        try (var client = new PacketSocket(proxy.connect(), PACKETS.ids(PROTOCOL))) {
            client.send(Handshake.LAYOUT, new Handshake(PROTOCOL, "play.example.org", 25565, Handshake.STATUS));
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(proxy.counters().refusedSoFar(Refusal.BANNED)).isEqualTo(1);
    }

    @Test
    void a_plugin_that_keeps_the_bans_is_waited_for_where_the_proxy_only_relays() throws Exception {
        var answer = new CompletableFuture<Optional<BanVerdict>>();
        var asked = new LinkedBlockingQueue<LoginAttempt>();
        bans = new ProxyBans(
                new BanSettings(Path.of("none"), Duration.ofMinutes(5), true, "keeper", Duration.ofSeconds(10)),
                new StoredBans(database, InstantSource.system(), true),
                events,
                players,
                clock,
                InstantSource.system());
        bans.of(new BanSource.Plugin("keeper")).provide(new Keeper(asked, answer));
        start(ProxyMode.PASSTHROUGH);
        try (var client = dial()) {
            assertThat(asked.poll(10, TimeUnit.SECONDS))
                    .extracting(LoginAttempt::stage, attempt -> attempt.server().orElse(""))
                    .containsExactly(LoginAttempt.Stage.PRE_AUTH, "lobby");
            answer.complete(Optional.empty());
            try (var server = new PacketSocket(listening.accept(), client.ids())) {
                assertThat(server.expect(Handshake.LAYOUT).host()).isEqualTo("play.example.org");
                assertThat(server.expect(LoginStart.LAYOUT).name()).isEqualTo("Bob");
            }
        }
    }

    @Test
    void it_is_settled_what_a_player_may_do_before_it_is_listed() throws Exception {
        var told = new LinkedBlockingQueue<Player>();
        events.busOf("test").subscribe(PermissionsSetupEvent.class, event -> {
            assertThat(players.count()).isZero();
            event.setResult(new PermissionsSetupEvent.Result.Custom(PermissionRules.of(Map.of("a.*", true))));
        });
        events.busOf("test").subscribe(PostLoginEvent.class, event -> told.add(event.player()));
        start(ProxyMode.OFFLINE);
        try (var client = dial();
                var server = new PacketSocket(listening.accept(), client.ids())) {
            server.expect(Handshake.LAYOUT);
            server.expect(LoginStart.LAYOUT);
            server.send(
                    LoginSuccess.LAYOUT,
                    new LoginSuccess(OfflineProfile.of("Bob").uuid(), "Bob", List.of(), new UUID(1, 2)));
            Player player = told.poll(10, TimeUnit.SECONDS);
            assertThat(player.hasPermission("A.b")).isTrue();
            assertThat(player.hasPermission("b")).isFalse();
            ban(new BanTarget.Username("bob"));
            assertThat(client.expect(LoginSuccess.LAYOUT).name()).isEqualTo("Bob");
            assertThat(new String(client.readFrame(), StandardCharsets.UTF_8)).contains("for tests");
        }
    }

    /** A plugin's list of bans. */
    private record Keeper(BlockingQueue<LoginAttempt> asked, CompletableFuture<Optional<BanVerdict>> answer)
            implements BanProvider {

        @Override
        public CompletionStage<Optional<BanVerdict>> check(LoginAttempt attempt) {
            asked.add(attempt);
            return answer;
        }

        @Override
        public CompletionStage<Ban> ban(BanRequest request, BanSource source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<Ban>> unban(BanTarget target, BanSource source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<Ban>> get(BanTarget target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Page<Ban>> list(Optional<String> cursor, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
