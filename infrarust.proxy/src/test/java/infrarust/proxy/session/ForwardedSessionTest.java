package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.login.ForwardingSecret;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.net.Transport;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Players of {@code offline} servers and what those servers are told about them. */
class ForwardedSessionTest {

    private static final PacketTable PACKETS = PacketTable.load();
    private static final String SECRET = "correct horse";
    private static final UUID BOB = OfflineProfile.uuid("Bob");
    private static final String DIALED = "play.example.org\0FML3\0";
    private static final String CHANNEL = "velocity:player_info";

    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final LogLines log = LogLines.of(Forwardings.class.getName());
    private ServerSocket listening;
    private LoopbackProxy proxy;

    static IntStream protocols() {
        return PACKETS.versions().stream().mapToInt(ProtocolVersion::number);
    }

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
    }

    private void serve(ForwardingMode mode) throws IOException {
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.defaults(),
                        ServerConfig.builder("lobby")
                                .domains("*")
                                .addresses("127.0.0.1:" + listening.getLocalPort())
                                .proxyMode(ProxyMode.OFFLINE)
                                .forwardingMode(mode)
                                .build()),
                (network, backends) -> OnlySessions.rooms(
                        backends,
                        events,
                        new OnlinePlayers(),
                        OnlySessions.NO_LIMBO,
                        FakeSessionServer.unused(),
                        new Forwardings(Optional.of(ForwardingSecret.of(SECRET)), () -> 0)));
    }

    @AfterEach
    void close() throws IOException {
        log.close();
        if (proxy != null) {
            proxy.close();
        }
        listening.close();
        clock.close();
    }

    private PacketSocket dial(int protocol) throws IOException {
        var client = new PacketSocket(proxy.connect(), PACKETS.ids(protocol));
        client.send(Handshake.LAYOUT, new Handshake(protocol, DIALED, 25565, Handshake.LOGIN));
        client.send(LoginStart.LAYOUT, new LoginStart("Bob", Optional.empty(), Optional.of(BOB)));
        return client;
    }

    private PacketSocket accept(PacketSocket client) throws IOException {
        return new PacketSocket(listening.accept(), client.ids());
    }

    /** The host of the handshake, which with an identity is longer than any that a client may send. */
    private static String host(PacketSocket server) throws IOException {
        ByteBuf handshake = server.expect(PacketType.SERVERBOUND_HANDSHAKE_INTENTION);
        assertThat(Wire.readVarInt(handshake)).isEqualTo(server.ids().protocol());
        String host = Wire.readString(handshake, Wire.MAX_STRING);
        assertThat(handshake.readUnsignedShort()).isEqualTo(25565);
        server.expect(LoginStart.LAYOUT);
        return host;
    }

    private static void succeed(PacketSocket server, UUID uuid) throws IOException {
        server.send(LoginSuccess.LAYOUT, new LoginSuccess(uuid, "Bob", List.of(), uuid));
    }

    private void isRefused(PacketSocket client, String toThePlayer, String inTheLog) throws IOException {
        assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains(toThePlayer);
        assertThat(client.isAtEnd()).isTrue();
        isSaid(inTheLog);
    }

    private void isSaid(String inTheLog) {
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN The server lobby " + inTheLog)
                .doesNotContain(SECRET);
        assertThat(proxy.counters().refusedSoFar(Refusal.FORWARDING)).isEqualTo(1);
    }

    private static byte[] signature(byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(message);
    }

    @Nested
    class By_velocity {

        @BeforeEach
        void start() throws IOException {
            serve(ForwardingMode.VELOCITY);
        }

        static IntStream protocols() {
            return ForwardedSessionTest.protocols().filter(protocol -> protocol >= ProtocolVersion.V1_13);
        }

        @ParameterizedTest
        @MethodSource("protocols")
        void every_version_is_introduced_without_the_client_noticing(int protocol) throws Exception {
            try (var client = dial(protocol);
                    var server = accept(client)) {
                assertThat(host(server)).isEqualTo(DIALED);
                server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(300, CHANNEL, new byte[] {4}));
                LoginPluginResponse response = server.expect(LoginPluginResponse.LAYOUT);
                assertThat(response.id()).isEqualTo(300);
                ByteBuf answer = Unpooled.wrappedBuffer(response.content().orElseThrow());
                byte[] signature = new byte[32];
                answer.readBytes(signature);
                byte[] message = new byte[answer.readableBytes()];
                answer.getBytes(answer.readerIndex(), message);
                assertThat(signature).isEqualTo(signature(message));
                assertThat(Wire.readVarInt(answer)).isEqualTo(4);
                assertThat(Wire.readString(answer, 50)).isEqualTo("127.0.0.1");
                assertThat(Wire.readUuid(answer)).isEqualTo(BOB);
                assertThat(Wire.readString(answer, 16)).isEqualTo("Bob");
                assertThat(Wire.readVarInt(answer)).isZero();
                assertThat(answer.isReadable()).isFalse();
                succeed(server, BOB);
                assertThat(client.expect(LoginSuccess.LAYOUT).uuid()).isEqualTo(BOB);
            }
            assertThat(log.lines()).isEmpty();
        }

        @Test
        void a_client_cannot_answer_in_the_proxys_place() throws Exception {
            try (var client = dial(765);
                    var server = accept(client)) {
                host(server);
                client.send(LoginPluginResponse.LAYOUT, new LoginPluginResponse(0, Optional.empty()));
                assertThat(server.isAtEnd()).isTrue();
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @Test
        void a_client_that_was_asked_nothing_cannot_fill_memory() throws Exception {
            try (var client = dial(ProtocolVersion.V1_20_5);
                    var server = accept(client)) {
                host(server);
                client.send(PacketType.SERVERBOUND_LOGIN_COOKIE_RESPONSE, new byte[7 << 10]);
                assertThat(server.isAtEnd()).isTrue();
            }
        }

        @Test
        void a_mods_long_answer_arrives() throws Exception {
            byte[] mods = new byte[1 << 20];
            try (var client = dial(765);
                    var server = accept(client)) {
                host(server);
                server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(7, "fml:loginwrapper", new byte[] {9}));
                client.expect(LoginPluginRequest.LAYOUT);
                client.send(LoginPluginResponse.LAYOUT, new LoginPluginResponse(7, Optional.of(mods)));
                assertThat(server.expect(LoginPluginResponse.LAYOUT).content()).contains(mods);
            }
        }

        @Test
        void a_servers_other_questions_still_go_to_the_client() throws Exception {
            try (var client = dial(765);
                    var server = accept(client)) {
                host(server);
                server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(1, "fml:loginwrapper", new byte[] {9}));
                assertThat(client.expect(LoginPluginRequest.LAYOUT).channel()).isEqualTo("fml:loginwrapper");
                client.send(LoginPluginResponse.LAYOUT, new LoginPluginResponse(1, Optional.of(new byte[] {8, 7})));
                assertThat(server.expect(LoginPluginResponse.LAYOUT).content()).contains(new byte[] {8, 7});
                server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(2, CHANNEL, new byte[0]));
                byte[] answer =
                        server.expect(LoginPluginResponse.LAYOUT).content().orElseThrow();
                assertThat(answer[32]).isEqualTo((byte) 1);
            }
        }

        @Test
        void a_server_that_does_not_ask_is_not_believed() throws Exception {
            try (var client = dial(765);
                    var server = accept(client)) {
                host(server);
                succeed(server, BOB);
                isRefused(client, "it does not ask the proxy who you are", "lets players in without asking");
            }
        }

        @Test
        void a_server_with_another_secret_says_so_itself_and_the_log_says_what_to_do() throws Exception {
            try (var client = dial(765);
                    var server = accept(client)) {
                host(server);
                server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(1, CHANNEL, new byte[] {4}));
                server.expect(LoginPluginResponse.LAYOUT);
                server.send(
                        LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"Unable to verify player details\"}"));
                isRefused(client, "Unable to verify player details", "does not accept the proxy's secret: ");
            }
        }

        @Test
        void a_ban_is_a_ban() throws Exception {
            try (var client = dial(765);
                    var server = accept(client)) {
                host(server);
                server.send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"You are banned\"}"));
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("You are banned");
                assertThat(client.isAtEnd()).isTrue();
            }
            assertThat(log.lines()).isEmpty();
        }

        @Test
        void a_client_from_before_the_question_is_told_what_it_needs() throws Exception {
            try (var client = dial(340)) {
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("needs Minecraft 1.13 or newer");
                assertThat(client.isAtEnd()).isTrue();
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    @Nested
    class By_the_handshake {

        private static final String PIECES = "play.example.org\000127.0.0.1\000";
        private static final String EXTRA =
                "{\"name\":\"extraData\",\"value\":\"\\u0001FML3\\u0001\",\"signature\":\"\"}";

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.ForwardedSessionTest#protocols")
        void every_version_is_introduced_as_by_BungeeCord(int protocol) throws Exception {
            serve(ForwardingMode.BUNGEE_CORD);
            try (var client = dial(protocol);
                    var server = accept(client)) {
                assertThat(host(server)).isEqualTo(PIECES + BOB.toString().replace("-", "") + "\0[" + EXTRA + "]");
                succeed(server, BOB);
                assertThat(client.expect(LoginSuccess.LAYOUT).uuid()).isEqualTo(BOB);
            }
        }

        @Test
        void with_the_token_of_BungeeGuard() throws Exception {
            serve(ForwardingMode.BUNGEE_GUARD);
            try (var client = dial(765);
                    var server = accept(client)) {
                assertThat(host(server))
                        .endsWith("\0[" + EXTRA
                                + ",{\"name\":\"bungeeguard-token\",\"value\":\"correct horse\",\"signature\":\"\"}]");
            }
        }

        @Test
        void a_server_that_refuses_the_token_is_reported() throws Exception {
            serve(ForwardingMode.BUNGEE_GUARD);
            try (var client = dial(765);
                    var server = accept(client)) {
                host(server);
                server.send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"Unable to authenticate.\"}"));
                isRefused(client, "Unable to authenticate.", "does not accept the proxy's secret: ");
            }
        }

        @Test
        void a_server_that_closes_at_once_is_reported_and_looks_unreachable_to_the_player() throws Exception {
            serve(ForwardingMode.BUNGEE_CORD);
            try (var client = dial(765)) {
                try (var server = accept(client)) {
                    host(server);
                }
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("unreachable");
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN The server lobby closes the connection without a word");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ForwardingMode.class,
            names = {"NONE", "BUNGEE_CORD", "BUNGEE_GUARD"})
    void a_server_that_asks_for_velocity_where_another_mode_is_set_gets_no_answer(ForwardingMode mode)
            throws Exception {
        serve(mode);
        try (var client = dial(765);
                var server = accept(client)) {
            host(server);
            server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(1, CHANNEL, new byte[] {4}));
            isRefused(client, "the proxy is not set up to tell it", "asks for Velocity forwarding, which is not its");
            assertThat(server.isAtEnd()).isTrue();
        }
    }

    @Test
    void a_server_in_online_mode_is_reported() throws Exception {
        serve(ForwardingMode.NONE);
        try (var client = dial(340);
                var server = accept(client)) {
            assertThat(host(server)).isEqualTo(DIALED);
            server.send(PacketType.CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST, new byte[100]);
            isRefused(client, "verify your account itself", "wants to verify accounts itself: set online-mode=false");
        }
    }

    @Test
    void many_players_make_one_line() throws Exception {
        serve(ForwardingMode.VELOCITY);
        for (int i = 0; i < 5; i++) {
            try (var client = dial(765);
                    var server = accept(client)) {
                host(server);
                succeed(server, BOB);
                client.expect(LoginDisconnect.LAYOUT);
            }
        }
        assertThat(log.lines()).hasSize(1);
        assertThat(proxy.counters().refusedSoFar(Refusal.FORWARDING)).isEqualTo(5);
    }
}
