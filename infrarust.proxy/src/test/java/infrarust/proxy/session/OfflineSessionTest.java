package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.EventBus;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.player.Player;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.net.Transport;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.routing.MemberStatus;
import infrarust.proxy.service.OnlinePlayers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OfflineSessionTest {

    private static final PacketTable PACKETS = PacketTable.load();
    private static final UUID BACKENDS_OWN = new UUID(0x1111, 0x2222);
    /** An id that no version names, for packets that nobody reads. */
    private static final int OPAQUE = 0x7000;

    private final OnlinePlayers players = new OnlinePlayers();
    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final EventBus bus = events.busOf("test");
    private final BlockingQueue<LimboClient> limbo = new LinkedBlockingQueue<>();
    private ServerSocket listening;
    private LoopbackProxy proxy;

    static IntStream protocols() {
        return PACKETS.versions().stream().mapToInt(ProtocolVersion::number);
    }

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
        start(OptionalInt.empty(), "127.0.0.1:" + listening.getLocalPort());
    }

    private void start(OptionalInt threshold, String... addresses) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.builder().compressionThreshold(threshold).build(),
                        ServerConfig.builder("lobby")
                                .domains("*")
                                .addresses(addresses)
                                .proxyMode(ProxyMode.OFFLINE)
                                .build()),
                (network, backends) -> OnlySessions.rooms(
                        backends,
                        events,
                        players,
                        limbo::add,
                        FakeSessionServer.unused(),
                        new Forwardings(Optional.empty(), () -> 0)));
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        listening.close();
        clock.close();
    }

    private PacketSocket dial(int protocol) throws IOException {
        var client = new PacketSocket(proxy.connect(), PACKETS.ids(protocol));
        client.send(Handshake.LAYOUT, new Handshake(protocol, "play.example.org", 25565, Handshake.LOGIN));
        client.send(LoginStart.LAYOUT, new LoginStart("Bob", Optional.empty(), Optional.of(BACKENDS_OWN)));
        return client;
    }

    private PacketSocket accept(PacketSocket client) throws IOException {
        var server = new PacketSocket(listening.accept(), client.ids());
        assertThat(server.expect(Handshake.LAYOUT).host()).isEqualTo("play.example.org");
        assertThat(server.expect(LoginStart.LAYOUT).name()).isEqualTo("Bob");
        return server;
    }

    /** Both ends of a session, past the login and (where there is one) the configuration. */
    private final class Pair implements AutoCloseable {
        final PacketSocket client;
        final PacketSocket server;

        Pair(int protocol, int serverThreshold, int clientThreshold) throws IOException {
            client = dial(protocol);
            server = accept(client);
            boolean compression = protocol >= ProtocolVersion.V1_8;
            if (compression && serverThreshold >= 0) {
                server.send(SetCompression.LAYOUT, new SetCompression(serverThreshold));
                server.threshold(serverThreshold);
            }
            server.send(LoginSuccess.LAYOUT, new LoginSuccess(BACKENDS_OWN, "Bob", List.of(), BACKENDS_OWN));
            if (compression && clientThreshold >= 0) {
                assertThat(client.expect(SetCompression.LAYOUT).threshold()).isEqualTo(clientThreshold);
                client.threshold(clientThreshold);
            }
            assertThat(client.expect(LoginSuccess.LAYOUT).uuid()).isEqualTo(BACKENDS_OWN);
            if (protocol >= ProtocolVersion.V1_20_2) {
                client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                server.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                server.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
                assertThat(client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA)
                                .readableBytes())
                        .isEqualTo(3000);
                server.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                server.expect(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            }
        }

        void startGame() throws IOException {
            server.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[1000]);
            client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void every_version_joins_is_greeted_plays_and_is_kicked(int protocol) throws Exception {
        var joined = new LinkedBlockingQueue<Player>();
        bus.subscribe(PostLoginEvent.class, event -> {
            // Before the client can show chat: it waits, in order.
            event.player().sendMessage(Component.text("welcome"));
            event.player().sendMessage(Component.text("to the lobby"));
            joined.add(event.player());
        });
        try (var pair = new Pair(protocol, 256, 256)) {
            pair.startGame();
            PacketType chat = pair.client.ids().has(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT)
                    ? PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT
                    : PacketType.CLIENTBOUND_PLAY_CHAT_LEGACY;
            assertThat(text(pair.client.expect(chat))).contains("welcome");
            assertThat(text(pair.client.expect(chat))).contains("to the lobby");

            pair.client.send(OPAQUE, (byte) 1, (byte) 2);
            assertThat(pair.server.expect(OPAQUE).readableBytes()).isEqualTo(2);
            pair.server.send(OPAQUE, new byte[70_000]);
            assertThat(pair.client.expect(OPAQUE).readableBytes()).isEqualTo(70_000);

            Player player = joined.take();
            assertThat(player.profile().uuid()).isEqualTo(OfflineProfile.uuid("Bob"));
            assertThat(player.currentServer()).contains("lobby");
            player.disconnect(Component.text("go home"));
            assertThat(text(pair.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                    .contains("go home");
            assertThat(pair.client.isAtEnd()).isTrue();
        }
    }

    private static String text(ByteBuf body) {
        return body.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"-1,-1", "256,256", "256,-1", "-1,256", "64,512", "512,64", "0,256", "256,0", "0,0", "-1,0"})
    void any_thresholds_of_server_and_client_go_together(int server, int client) throws IOException {
        start(OptionalInt.of(client), "127.0.0.1:" + listening.getLocalPort());
        for (int protocol : new int[] {47, 340, 763, 765, 777}) {
            try (var pair = new Pair(protocol, server, client)) {
                pair.startGame();
                for (int size : new int[] {0, 1, 62, 63, 64, 255, 256, 257, 511, 512, 20_000, 300_000}) {
                    byte[] body = new byte[size];
                    new Random(size).nextBytes(body);
                    pair.server.send(OPAQUE, body);
                    pair.client.send(OPAQUE, body);
                    assertThat(bytes(pair.client.expect(OPAQUE))).isEqualTo(body);
                    assertThat(bytes(pair.server.expect(OPAQUE))).isEqualTo(body);
                }
            }
        }
    }

    @Test
    void a_frame_that_has_the_other_sides_form_already_leaves_as_the_bytes_that_came_in() throws IOException {
        start(OptionalInt.of(64), "127.0.0.1:" + listening.getLocalPort());
        try (var pair = new Pair(765, 256, 64)) {
            pair.startGame();
            // Deflated without compression, which is not what the proxy would make of it.
            byte[] packet = new byte[300];
            packet[0] = 0x55;
            Deflater stored = new Deflater(Deflater.NO_COMPRESSION);
            stored.setInput(packet);
            stored.finish();
            byte[] deflated = new byte[400];
            int length = stored.deflate(deflated);
            stored.end();
            ByteBuf frame = Unpooled.buffer();
            Wire.writeVarInt(frame, packet.length);
            frame.writeBytes(deflated, 0, length);
            ByteBuf raw = Unpooled.buffer();
            Wire.writeVarInt(raw, frame.readableBytes());
            raw.writeBytes(frame.duplicate());

            pair.server.sendRaw(bytes(raw));

            assertThat(pair.client.readFrame()).isEqualTo(bytes(frame));
        }
    }

    private static byte[] bytes(ByteBuf body) {
        return Wire.readRest(body);
    }

    @Nested
    class With_the_same_threshold_on_both_sides {

        @Test
        void a_compressed_frame_leaves_as_the_bytes_that_came_in() throws IOException {
            try (var pair = new Pair(765, 256, 256)) {
                pair.startGame();
                // Deflated with another level than the proxy's: a frame deflated again would differ.
                byte[] raw = {11, (byte) 0xAC, 2, 120, 1, 3, 4, 5, 6, 7, 8, 9};
                pair.server.sendRaw(raw);
                assertThat(pair.client.readFrame()).isEqualTo(Arrays.copyOfRange(raw, 1, raw.length));
            }
        }

        @Test
        void a_stream_cut_at_every_byte_arrives_whole_and_chat_is_put_between_its_frames() throws Exception {
            var joined = new LinkedBlockingQueue<Player>();
            bus.subscribe(PostLoginEvent.class, event -> joined.add(event.player()));
            try (var pair = new Pair(765, 256, 256)) {
                pair.startGame();
                Player player = joined.take();
                for (int cut = 0; cut < 40; cut++) {
                    pair.server.sendRaw(new byte[] {38, 0});
                    player.sendMessage(Component.text("between"));
                    for (int i = 0; i < 37; i++) {
                        pair.server.sendRaw(new byte[] {0x55});
                    }
                    boolean chat = false;
                    boolean frame = false;
                    while (!chat || !frame) {
                        int id = Wire.readVarInt(pair.client.readPacket());
                        chat |= id == pair.client.ids().id(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT);
                        frame |= id == 0x55;
                    }
                }
            }
        }
    }

    @Nested
    class A_plugin {

        @Test
        void that_denies_is_obeyed_with_its_reason_and_the_server_hears_nothing() throws Exception {
            bus.subscribe(PreLoginEvent.class, event -> {
                assertThat(event.serverDomain()).isNotEmpty();
                event.deny(Component.text("not you"));
            });
            try (var client = dial(765)) {
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("not you");
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @Test
        void hears_of_the_end_exactly_once_and_then_the_player_is_not_listed() throws Exception {
            var left = new LinkedBlockingQueue<DisconnectEvent>();
            bus.subscribe(DisconnectEvent.class, left::add);
            try (var pair = new Pair(340, -1, -1)) {
                pair.startGame();
                assertThat(players.count()).isEqualTo(1);
            }
            DisconnectEvent event = left.poll(10, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            assertThat(event.lastServer()).contains("lobby");
            assertThat(event.player().isConnected()).isFalse();
            proxy.close();
            assertThat(left).isEmpty();
        }

        @Test
        void that_sends_too_much_before_the_game_is_told_so() throws Exception {
            var answers = new LinkedBlockingQueue<Object>();
            bus.subscribe(PostLoginEvent.class, event -> {
                for (int i = 0; i < 257; i++) {
                    answers.add(event.player().sendMessage(Component.text("spam")));
                }
            });
            try (var pair = new Pair(340, -1, -1)) {
                pair.server.send(OPAQUE);
                pair.client.expect(OPAQUE);
                assertThat(answers).hasSize(257);
                assertThat(answers.stream().distinct()).hasSize(2);
            }
        }
    }

    @Nested
    class A_server {

        @Test
        void that_refuses_the_login_is_heard() throws IOException {
            try (var client = dial(765);
                    var server = accept(client)) {
                server.send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                server.socket().shutdownOutput();
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).isEqualTo("{\"text\":\"full\"}");
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @Test
        void that_kicks_in_the_game_is_heard_before_the_connection_closes() throws IOException {
            for (int i = 0; i < 20; i++) {
                try (var pair = new Pair(765, 256, 256)) {
                    pair.startGame();
                    // What the client has sent and nobody will read must not make a reset that eats the reason.
                    pair.client.send(OPAQUE, new byte[5000]);
                    pair.server.send(PacketType.CLIENTBOUND_PLAY_DISCONNECT, new byte[600]);
                    pair.server.socket().close();
                    assertThat(pair.client
                                    .expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)
                                    .readableBytes())
                            .isEqualTo(600);
                    assertThat(pair.client.isAtEnd()).isTrue();
                }
            }
        }

        @Test
        void that_wants_encryption_is_explained() throws IOException {
            try (var client = dial(340);
                    var server = accept(client)) {
                server.send(PacketType.CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST, new byte[100]);
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("verify your account itself");
            }
        }

        @Test
        void that_closes_without_a_word_during_the_login_is_told_with_its_own_message() throws IOException {
            try (var client = dial(765)) {
                accept(client).close();
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("unreachable");
            }
        }

        @Test
        void that_asks_mods_in_the_login_gets_the_clients_answer() throws IOException {
            try (var client = dial(765);
                    var server = accept(client)) {
                server.send(PacketType.CLIENTBOUND_LOGIN_PLUGIN_REQUEST, (byte) 5, (byte) 1, (byte) 'x');
                assertThat(client.expect(PacketType.CLIENTBOUND_LOGIN_PLUGIN_REQUEST)
                                .readableBytes())
                        .isEqualTo(3);
                client.send(PacketType.SERVERBOUND_LOGIN_PLUGIN_RESPONSE, (byte) 5, (byte) 0);
                assertThat(server.expect(PacketType.SERVERBOUND_LOGIN_PLUGIN_RESPONSE)
                                .readableBytes())
                        .isEqualTo(2);
            }
        }

        @Test
        void that_configures_again_in_the_middle_of_the_game_is_followed() throws Exception {
            var joined = new LinkedBlockingQueue<Player>();
            bus.subscribe(PostLoginEvent.class, event -> joined.add(event.player()));
            try (var pair = new Pair(775, 256, 256)) {
                pair.startGame();
                pair.server.send(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                pair.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                pair.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                pair.server.expect(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                joined.take().disconnect(Component.text("while configuring"));
                assertThat(text(pair.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)))
                        .contains("while configuring");
            }
        }

        @Test
        void with_an_address_that_is_down_is_reached_at_the_next_one_and_counts_its_player_there() throws Exception {
            start(OptionalInt.empty(), "127.0.0.1:1", "127.0.0.1:" + listening.getLocalPort());
            try (var pair = new Pair(765, -1, -1)) {
                assertThat(active()).containsExactly(0, 1);
                pair.client.close();
                assertThat(pair.server.isAtEnd()).isTrue();
                pair.server.close();
            }
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (active().contains(1) && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(active()).containsExactly(0, 0);
        }

        private List<Integer> active() {
            return proxy.pools().all().iterator().next().members().stream()
                    .map(MemberStatus::active)
                    .toList();
        }

        @Test
        void that_is_down_is_told_with_its_own_message() throws IOException {
            listening.close();
            try (var client = dial(765)) {
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("unreachable");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Nested
    class Without_a_server {

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.OfflineSessionTest#protocols")
        void the_client_is_logged_in_and_enters_the_limbo(int protocol) throws Exception {
            start(OptionalInt.empty());
            try (var client = dial(protocol)) {
                if (protocol >= ProtocolVersion.V1_8) {
                    client.threshold(client.expect(SetCompression.LAYOUT).threshold());
                }
                assertThat(client.expect(LoginSuccess.LAYOUT).uuid()).isEqualTo(OfflineProfile.uuid("Bob"));
                boolean configuration = protocol >= ProtocolVersion.V1_20_2;
                if (configuration) {
                    client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                }
                LimboClient entered = limbo.poll(10, TimeUnit.SECONDS);
                assertThat(entered).isNotNull();
                assertThat(entered.state())
                        .isEqualTo(configuration ? ConnectionState.CONFIGURATION : ConnectionState.PLAY);
                entered.eventLoop().execute(() -> entered.disconnect(Component.text("nothing here")));
                assertThat(text(client.expect(
                                configuration
                                        ? PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT
                                        : PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("nothing here");
            }
        }
    }

    @Test
    void a_version_that_nobody_knows_is_told_what_is_spoken() throws IOException {
        PacketIds newest = PACKETS.ids(PACKETS.newest().number());
        try (var client = new PacketSocket(proxy.connect(), newest)) {
            client.send(Handshake.LAYOUT, new Handshake(0x4000_0123, "a", 1, Handshake.LOGIN));
            assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("1.7.2 to 26.3");
        }
    }
}
