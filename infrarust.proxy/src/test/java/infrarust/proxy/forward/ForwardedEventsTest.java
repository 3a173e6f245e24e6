package infrarust.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.api.event.LoginEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Delivery;
import infrarust.api.player.Player;
import infrarust.proxy.config.DomainRewrite;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.gate.Gate;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.gate.NameCheck;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.net.Transport;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.session.HeardEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plugins hear of players whose bytes are only forwarded, and what they may decide about them. */
@ParameterizedClass
@EnumSource(
        value = ProxyMode.class,
        names = {"PASSTHROUGH", "ZERO_COPY", "SERVER_ONLY"})
class ForwardedEventsTest {

    /** 1.20.1, host "a", port 25565, login. */
    private static final String HANDSHAKE = "0800fb05016163dd02";
    /** A login start of "Bob" without a UUID. */
    private static final String LOGIN_START = "060003426f6200";

    private static final String[] LET_IN = {
        "handshake LOGIN",
        "pre-login Bob",
        "login false",
        "post-login",
        "choose-initial-server lobby",
        "server-pre-connect lobby INITIAL"
    };

    @Parameter
    ProxyMode mode;

    private final EventDispatcher events = NobodyListens.dispatcher();
    private final EventBus bus = events.busOf("test");
    private final OnlinePlayers players = new OnlinePlayers();
    private ServerSocket lobby;
    private ServerSocket games;
    private LoopbackProxy proxy;

    @BeforeEach
    void start() throws IOException {
        lobby = listen();
        games = listen();
        start(server -> server);
    }

    private void start(UnaryOperator<ServerConfig.Builder> settings) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.defaults(),
                        settings.apply(server("lobby", lobby)).domains("*").build(),
                        server("games", games).build(),
                        server("spoken", games).proxyMode(ProxyMode.OFFLINE).build()),
                System::nanoTime,
                LoopbackProxy.noFilters(),
                events,
                (network, backends) -> new Gate.Rooms(
                        client -> client.close(),
                        client -> client.close(),
                        new Forwarding(backends, NameCheck.NONE, new LoginGuard(events), events, players),
                        client -> client.close()));
    }

    private ServerConfig.Builder server(String id, ServerSocket socket) {
        return ServerConfig.builder(id)
                .addresses("127.0.0.1:" + socket.getLocalPort())
                .disconnectMessage("{server} is gone, {player}")
                .proxyMode(mode);
    }

    private static ServerSocket listen() throws IOException {
        var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(10_000);
        return socket;
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        lobby.close();
        games.close();
    }

    private Socket connects(String hex) throws IOException {
        Socket client = proxy.connect();
        client.getOutputStream().write(HexFormat.of().parseHex(hex));
        return client;
    }

    private static String read(Socket socket, String expected) throws IOException {
        return HexFormat.of().formatHex(socket.getInputStream().readNBytes(expected.length() / 2));
    }

    private static void hangUp(Socket socket) throws IOException {
        socket.close();
    }

    private static String told(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The only player, when it is on the list. */
    private Player listed() {
        return until(() -> players.all().stream().findFirst().orElse(null));
    }

    private void gone() {
        until(() -> players.count() == 0 ? true : null);
    }

    private static <T> T until(Supplier<T> look) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        T found = look.get();
        while (found == null && System.nanoTime() < end) {
            Thread.onSpinWait();
            found = look.get();
        }
        assertThat(found).isNotNull();
        return found;
    }

    @Nested
    class While_nobody_listens {

        @Test
        void a_player_is_listed_by_the_name_that_it_says() throws Exception {
            try (Socket client = connects(HANDSHAKE + LOGIN_START)) {
                try (Socket server = lobby.accept()) {
                    assertThat(read(server, HANDSHAKE + LOGIN_START)).isEqualTo(HANDSHAKE + LOGIN_START);
                    Player player = listed();
                    assertThat(player.profile()).isEqualTo(OfflineProfile.of("Bob"));
                    assertThat(player.currentServer()).contains("lobby");
                    assertThat(player.protocolVersion()).isEqualTo(763);
                    assertThat(player.isActive()).isFalse();
                    assertThat(player.isOnlineMode()).isFalse();
                    assertThat(player.sendMessage(Component.text("hello"))).isEqualTo(Delivery.NOT_ACTIVE);
                    assertThat(player.connect("games").toCompletableFuture().get())
                            .isInstanceOf(ConnectionResult.Failed.class);
                    assertThat(players.byName("bob")).contains(player);
                    assertThat(players.byUuid(player.profile().uuid())).isEmpty();
                    assertThat(client.isConnected()).isTrue();
                }
            }
            gone();
        }

        @Test
        void one_that_says_no_name_is_forwarded_all_the_same() throws Exception {
            try (Socket client = connects(HANDSHAKE + "07")) {
                try (Socket server = lobby.accept()) {
                    assertThat(read(server, HANDSHAKE + "07")).isEqualTo(HANDSHAKE + "07");
                    assertThat(client.isConnected()).isTrue();
                    assertThat(players.count()).isZero();
                }
            }
        }

        @Test
        void one_that_is_told_to_go_is_closed() throws Exception {
            try (Socket client = connects(HANDSHAKE + LOGIN_START);
                    Socket server = lobby.accept()) {
                listed().disconnect(Component.text("go"));
                assertThat(told(client)).isEmpty();
                assertThat(read(server, HANDSHAKE + LOGIN_START)).isEqualTo(HANDSHAKE + LOGIN_START);
                gone();
            }
        }
    }

    @Nested
    class While_plugins_listen {

        private HeardEvents heard;

        @BeforeEach
        void hear() {
            heard = new HeardEvents(bus);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 9, 10, 15})
        void they_hear_of_a_player_and_the_server_gets_every_byte(int cut) throws Exception {
            String all = HANDSHAKE + LOGIN_START;
            try (Socket client = connects(all.substring(0, cut * 2))) {
                if (cut > 9) {
                    assertThat(players.count()).isZero();
                }
                client.getOutputStream().write(HexFormat.of().parseHex(all.substring(cut * 2)));
                try (Socket server = lobby.accept()) {
                    assertThat(read(server, all)).isEqualTo(all);
                    heard.expect(LET_IN);
                    client.getOutputStream().write(new byte[] {1, 2, 3});
                    assertThat(read(server, "010203")).isEqualTo("010203");
                    server.getOutputStream().write(new byte[] {4, 5});
                    assertThat(read(client, "0405")).isEqualTo("0405");
                    hangUp(client);
                    assertThat(server.getInputStream().read()).isEqualTo(-1);
                    hangUp(server);
                    heard.expect("disconnect CLIENT_QUIT on lobby");
                }
            }
            heard.expectNothingElse();
            gone();
        }

        @Test
        void they_hear_that_a_server_has_ended_the_connection() throws Exception {
            try (Socket client = connects(HANDSHAKE + LOGIN_START);
                    Socket server = lobby.accept()) {
                heard.expect(LET_IN);
                assertThat(read(server, HANDSHAKE + LOGIN_START)).isEqualTo(HANDSHAKE + LOGIN_START);
                hangUp(server);
                assertThat(told(client)).isEmpty();
                hangUp(client);
                // What the kernel moves ends on both sides at once.
                assertThat(heard.next())
                        .isIn(
                                mode == ProxyMode.ZERO_COPY
                                        ? List.of(
                                                "disconnect BACKEND_CLOSED on lobby", "disconnect CLIENT_QUIT on lobby")
                                        : List.of("disconnect BACKEND_CLOSED on lobby"));
            }
        }

        @Test
        void what_is_no_login_start_is_forwarded_without_a_word_to_them() throws Exception {
            try (Socket client = connects(HANDSHAKE + "0255aa" + "11")) {
                try (Socket server = lobby.accept()) {
                    assertThat(read(server, HANDSHAKE + "0255aa11")).isEqualTo(HANDSHAKE + "0255aa11");
                    heard.expect("handshake LOGIN");
                    heard.expectNothingElse();
                    assertThat(client.isConnected()).isTrue();
                }
            }
        }

        @Test
        void a_denied_player_reads_why_and_the_server_hears_nothing() throws Exception {
            bus.subscribe(PreLoginEvent.class, event -> event.deny(Component.text("not you")));
            try (Socket client = connects(HANDSHAKE + LOGIN_START)) {
                assertThat(told(client)).contains("not you");
                heard.expect("handshake LOGIN", "pre-login Bob", "rejected PLUGIN");
                heard.expectNothingElse();
            }
        }

        @Test
        void a_player_denied_at_the_login_reads_why() throws Exception {
            bus.subscribe(LoginEvent.class, event -> event.deny(Component.text("not today")));
            try (Socket client = connects(HANDSHAKE + LOGIN_START)) {
                assertThat(told(client)).contains("not today");
                heard.expect("handshake LOGIN", "pre-login Bob", "login false", "rejected PLUGIN");
            }
        }

        @Test
        void a_player_for_the_limbo_reads_that_there_is_none() throws Exception {
            bus.subscribe(
                    ServerPreConnectEvent.class,
                    event -> event.setResult(new ServerPreConnectEvent.Result.SendToLimbo()));
            try (Socket client = connects(HANDSHAKE + LOGIN_START)) {
                assertThat(told(client)).contains("Limbo is not available on this server");
                heard.expect(LET_IN);
                heard.expect("disconnect KICKED");
                gone();
            }
        }

        @Test
        void a_player_whose_server_is_away_reads_so_with_its_name() throws Exception {
            lobby.close();
            try (Socket client = connects(HANDSHAKE + LOGIN_START)) {
                assertThat(told(client)).contains("lobby is gone, Bob");
                heard.expect(LET_IN);
                hangUp(client);
                heard.expectInAnyOrder("rejected SERVER_UNAVAILABLE", "disconnect BACKEND_CLOSED");
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void a_player_may_be_led_to_another_server_whose_mode_forwards_too(boolean rewrites) throws Exception {
            if (rewrites) {
                start(server -> server.domainRewrite(new DomainRewrite.Explicit("bcd")));
            }
            bus.subscribe(
                    PlayerChooseInitialServerEvent.class,
                    event -> event.setResult(new PlayerChooseInitialServerEvent.Result.Redirect("games")));
            try (Socket client = connects(HANDSHAKE + LOGIN_START);
                    Socket server = games.accept()) {
                assertThat(read(server, HANDSHAKE + LOGIN_START)).isEqualTo(HANDSHAKE + LOGIN_START);
                assertThat(listed().currentServer()).contains("games");
                assertThat(client.isConnected()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"spoken", "nowhere"})
        void a_player_may_be_led_nowhere_else(String server) throws Exception {
            bus.subscribe(
                    ServerPreConnectEvent.class,
                    event -> event.setResult(new ServerPreConnectEvent.Result.Redirect(server)));
            try (Socket client = connects(HANDSHAKE + LOGIN_START)) {
                assertThat(told(client)).contains("\\\"" + server + "\\\"");
            }
        }

        @Test
        void one_who_goes_while_they_think_is_not_connected() throws Exception {
            var asked = new CompletableFuture<Player>();
            var answer = new CompletableFuture<Void>();
            bus.subscribeAsync(LoginEvent.class, EventPriority.NORMAL, event -> {
                asked.complete(event.player());
                return answer;
            });
            try (Socket client = connects(HANDSHAKE + LOGIN_START)) {
                asked.get(10, TimeUnit.SECONDS).disconnect(Component.text("gone again"));
                assertThat(told(client)).contains("gone again");
            }
            answer.complete(null);
            heard.expect("handshake LOGIN", "pre-login Bob", "login false");
            lobby.setSoTimeout(100);
            assertThatThrownBy(lobby::accept).isInstanceOf(SocketTimeoutException.class);
            heard.expectNothingElse();
        }
    }
}
