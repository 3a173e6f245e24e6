package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.OnlineAuthFailedEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.filter.ByteView;
import infrarust.api.filter.CodecFilter;
import infrarust.api.filter.DataVerdict;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.Frame;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketState;
import infrarust.api.filter.RawPacket;
import infrarust.api.filter.TransportConnection;
import infrarust.api.filter.TransportVerdict;
import infrarust.api.filter.TransportWatch;
import infrarust.api.filter.Verdict;
import infrarust.api.player.Player;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.FilterRegistry;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.login.ForwardingSecret;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.login.OnlineLogin;
import infrarust.proxy.net.Transport;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.EncryptionRequest;
import infrarust.proxy.protocol.packet.EncryptionResponse;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.session.FakeSessionServer.Reply;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnlineSessionTest {

    private static final PacketTable PACKETS = PacketTable.load();
    private static final UUID ACCOUNT = UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5");
    private static final String PROFILE = "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"Bob\","
            + "\"properties\":[{\"name\":\"textures\",\"value\":\"e30=\",\"signature\":\"c2ln\"}]}";
    private static final byte[] SECRET = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -1};
    private static final int NEWEST_TESTED = ProtocolVersion.V1_21_2;

    private final OnlinePlayers players = new OnlinePlayers();
    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final FilterRegistry filters = new FilterRegistry(Duration.ofSeconds(10), Duration.ofSeconds(5));
    private FakeSessionServer sessionServer;
    private ServerSocket listening;
    private LoopbackProxy proxy;

    static IntStream protocols() {
        return PACKETS.versions().stream().mapToInt(ProtocolVersion::number);
    }

    @BeforeEach
    void start() throws IOException {
        sessionServer = new FakeSessionServer();
        sessionServer.answer(question -> new Reply(200, PROFILE));
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
        serve(ProxyMode.CLIENT_ONLY, false);
    }

    private void serve(ProxyMode mode, boolean sameAddress) throws IOException {
        serve(mode, sessionServer.login(sameAddress));
    }

    private void serve(ProxyMode mode, OnlineLogin online) throws IOException {
        serve(mode, online, ForwardingMode.NONE);
    }

    private void serve(ProxyMode mode, OnlineLogin online, ForwardingMode forwarding) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.defaults(),
                        ServerConfig.builder("lobby")
                                .domains("*")
                                .addresses("127.0.0.1:" + listening.getLocalPort())
                                .proxyMode(mode)
                                .forwardingMode(forwarding)
                                .build()),
                System::nanoTime,
                filters.transports(),
                (network, backends) -> OnlySessions.rooms(
                        backends,
                        events,
                        players,
                        OnlySessions.noCommands(),
                        OnlySessions.NO_LIMBO,
                        online,
                        new Forwardings(Optional.of(ForwardingSecret.of("secret")), () -> 0),
                        filters.codecs()));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        listening.close();
        clock.close();
        sessionServer.close();
    }

    private PacketSocket dial(int protocol, Optional<LoginStart.Key> key) throws IOException {
        return dial(protocol, key, ACCOUNT);
    }

    private PacketSocket dial(int protocol, Optional<LoginStart.Key> key, UUID claimed) throws IOException {
        var client = new PacketSocket(proxy.connect(), PACKETS.ids(protocol));
        client.send(Handshake.LAYOUT, new Handshake(protocol, "play.example.org", 25565, Handshake.LOGIN));
        client.send(LoginStart.LAYOUT, new LoginStart("Bob", key, Optional.of(claimed)));
        return client;
    }

    private static byte[] encrypted(PublicKey key, byte[] bytes) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(bytes);
    }

    private static PublicKey key(EncryptionRequest request) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(request.publicKey()));
    }

    /** What a client does, up to its own first encrypted byte. */
    private static EncryptionRequest encrypt(PacketSocket client) throws Exception {
        EncryptionRequest request = client.expect(EncryptionRequest.LAYOUT);
        client.send(
                EncryptionResponse.LAYOUT,
                new EncryptionResponse(
                        encrypted(key(request), SECRET),
                        new EncryptionResponse.Proof.Token(encrypted(key(request), request.verifyToken()))));
        client.encrypt(SECRET);
        return request;
    }

    private static String hash(EncryptionRequest request) throws GeneralSecurityException {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(SECRET);
        sha1.update(request.publicKey());
        return new BigInteger(sha1.digest()).toString(16);
    }

    private PacketSocket accept(PacketSocket client) throws IOException {
        var server = new PacketSocket(listening.accept(), client.ids());
        server.expect(Handshake.LAYOUT);
        assertThat(server.expect(LoginStart.LAYOUT).name()).isEqualTo("Bob");
        return server;
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void every_version_encrypts_is_verified_and_plays(int protocol) throws Exception {
        var joined = new LinkedBlockingQueue<Player>();
        events.busOf("test").subscribe(PostLoginEvent.class, event -> joined.add(event.player()));
        try (var client = dial(protocol, Optional.empty())) {
            EncryptionRequest request = encrypt(client);
            assertThat(request.serverId()).isEmpty();
            assertThat(request.authenticate()).isTrue();
            try (var server = accept(client)) {
                assertThat(sessionServer.questions().take()).isEqualTo("username=Bob&serverId=" + hash(request));
                server.send(LoginSuccess.LAYOUT, new LoginSuccess(ACCOUNT, "Bob", List.of(), ACCOUNT));
                assertThat(client.expect(LoginSuccess.LAYOUT).uuid()).isEqualTo(ACCOUNT);
                if (protocol >= ProtocolVersion.V1_20_2) {
                    client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                    server.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                }
                // More than one piece of the cipher in each direction.
                client.send(0x7000, new byte[30_000]);
                assertThat(server.expect(0x7000).readableBytes()).isEqualTo(30_000);
                server.send(0x7001, new byte[70_000]);
                assertThat(client.expect(0x7001).readableBytes()).isEqualTo(70_000);
                Player player = joined.take();
                assertThat(player.profile().uuid()).isEqualTo(ACCOUNT);
                assertThat(player.profile().properties()).hasSize(1);
                assertThat(player.isOnlineMode()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {47, 763, 765, 777})
    void filters_see_packets_decrypted_and_transport_filters_the_bytes_as_they_travel(int protocol) throws Exception {
        var encrypted = new LinkedBlockingQueue<Boolean>();
        var travelled = new CopyOnWriteArrayList<Byte>();
        PacketInterest wanted = PacketInterest.ids(PacketState.PLAY, 0x6001);
        filters.of("test").codec(FilterSpec.of("doubles"), session -> {
            encrypted.add(session.isEncrypted());
            return Optional.of(new CodecFilter() {
                @Override
                public Verdict filter(Frame frame) {
                    frame.injectAfter(frame.copy());
                    return Verdict.replace(new RawPacket(0x6002, frame.copy().body()));
                }

                @Override
                public PacketInterest interest() {
                    return wanted;
                }
            });
        });
        filters.of("test")
                .transport(
                        FilterSpec.of("wire"),
                        connection -> TransportVerdict.watch(new TransportWatch() {
                            @Override
                            public DataVerdict clientData(TransportConnection from, ByteView bytes) {
                                for (byte one : bytes.readBytes(bytes.length())) {
                                    travelled.add(one);
                                }
                                return DataVerdict.pass();
                            }
                        }));
        byte[] said = "nobody shall read this on the way".getBytes(StandardCharsets.UTF_8);
        try (var client = dial(protocol, Optional.empty())) {
            encrypt(client);
            try (var server = accept(client)) {
                server.send(LoginSuccess.LAYOUT, new LoginSuccess(ACCOUNT, "Bob", List.of(), ACCOUNT));
                client.expect(LoginSuccess.LAYOUT);
                if (protocol >= ProtocolVersion.V1_20_2) {
                    client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                    server.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                    server.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                    client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                    client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                    server.expect(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                }
                client.send(0x6001, said);
                assertThat(Wire.readRest(server.expect(0x6002))).isEqualTo(said);
                assertThat(Wire.readRest(server.expect(0x6001))).isEqualTo(said);
                server.send(0x6001, said);
                assertThat(Wire.readRest(client.expect(0x6002))).isEqualTo(said);
                assertThat(Wire.readRest(client.expect(0x6001))).isEqualTo(said);
            }
        }
        assertThat(List.of(encrypted.take(), encrypted.take())).containsExactlyInAnyOrder(true, false);
        assertThat(travelled).isNotEmpty();
        byte[] bytes = new byte[travelled.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = travelled.get(i);
        }
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("play.example.org")
                .doesNotContain("nobody shall read");
    }

    @Test
    void a_chat_key_signs_the_token_from_1_19_to_1_19_2() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair own = generator.generateKeyPair();
        var key = new LoginStart.Key(Long.MAX_VALUE, own.getPublic().getEncoded(), new byte[] {1});
        for (int protocol : new int[] {ProtocolVersion.V1_19, ProtocolVersion.V1_19_1}) {
            try (var client = dial(protocol, Optional.of(key))) {
                EncryptionRequest request = client.expect(EncryptionRequest.LAYOUT);
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(own.getPrivate());
                signature.update(request.verifyToken());
                signature.update(ByteBuffer.allocate(8).putLong(77).array());
                client.send(
                        EncryptionResponse.LAYOUT,
                        new EncryptionResponse(
                                encrypted(key(request), SECRET),
                                new EncryptionResponse.Proof.Salted(77, signature.sign())));
                client.encrypt(SECRET);
                try (var server = accept(client)) {
                    server.send(LoginSuccess.LAYOUT, new LoginSuccess(ACCOUNT, "Bob", List.of(), ACCOUNT));
                    client.expect(LoginSuccess.LAYOUT);
                }
            }
        }
    }

    @Nested
    class A_client_is_refused {

        private String refusal(PacketSocket client) throws IOException {
            String reason = client.expect(LoginDisconnect.LAYOUT).json();
            assertThat(client.isAtEnd()).isTrue();
            return reason;
        }

        @Test
        void that_the_session_server_does_not_know() throws Exception {
            sessionServer.answer(question -> new Reply(204, ""));
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                assertThat(refusal(client)).contains("could not be verified");
            }
            assertThat(players.all()).isEmpty();
        }

        @Test
        void when_the_session_server_fails_and_at_once_when_it_has_failed_often() throws Exception {
            sessionServer.answer(question -> new Reply(503, "busy"));
            for (int login = 0; login < 7; login++) {
                try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                    encrypt(client);
                    assertThat(refusal(client)).contains("session servers cannot be reached");
                }
            }
            assertThat(sessionServer.questions()).hasSize(2 * 5);
            sessionServer.clock().addAndGet(Duration.ofSeconds(11).toNanos());
            sessionServer.answer(question -> new Reply(200, PROFILE));
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                accept(client).close();
            }
        }

        @Test
        void when_the_answer_begins_and_does_not_end() throws Exception {
            serve(ProxyMode.CLIENT_ONLY, sessionServer.login(false, Duration.ofMillis(200)));
            sessionServer.stall();
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                assertThat(refusal(client)).contains("session servers cannot be reached");
            }
            assertThat(sessionServer.questions()).hasSize(2);
        }

        @Test
        void when_the_answer_is_no_profile() throws Exception {
            sessionServer.answer(question -> new Reply(200, "{\"id\":7}"));
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                assertThat(refusal(client)).contains("session servers cannot be reached");
            }
        }

        @Test
        void that_does_not_prove_the_token() throws Exception {
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                EncryptionRequest request = client.expect(EncryptionRequest.LAYOUT);
                client.send(
                        EncryptionResponse.LAYOUT,
                        new EncryptionResponse(
                                encrypted(key(request), SECRET),
                                new EncryptionResponse.Proof.Token(encrypted(key(request), new byte[] {1, 2, 3, 4}))));
                assertThat(refusal(client)).contains("encryption request is wrong");
            }
            assertThat(sessionServer.questions()).isEmpty();
        }

        @Test
        void that_sends_something_else() throws Exception {
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                client.expect(EncryptionRequest.LAYOUT);
                client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Nested
    class A_plugin_that_hears_of_a_failure {

        @Test
        void is_told_what_has_failed_and_may_choose_the_words() throws Exception {
            var causes = new LinkedBlockingQueue<OnlineAuthFailedEvent.Cause>();
            events.busOf("test").subscribe(OnlineAuthFailedEvent.class, event -> {
                causes.add(event.cause());
                assertThat(event.username()).isEqualTo("Bob");
                event.setResult(new OnlineAuthFailedEvent.Result.Deny(Component.text("buy the game")));
            });
            sessionServer.answer(question -> new Reply(204, ""));
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("buy the game");
                assertThat(client.isAtEnd()).isTrue();
            }
            sessionServer.answer(question -> new Reply(503, ""));
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("buy the game");
            }
            assertThat(causes)
                    .containsExactly(OnlineAuthFailedEvent.Cause.NOT_JOINED, OnlineAuthFailedEvent.Cause.UNREACHABLE);
            assertThat(proxy.counters().refusedSoFar(Refusal.NOT_VERIFIED)).isOne();
        }

        @Test
        void may_let_the_client_in_as_one_whom_nobody_has_verified() throws Exception {
            var joined = new LinkedBlockingQueue<Player>();
            events.busOf("test").subscribe(PostLoginEvent.class, event -> joined.add(event.player()));
            events.busOf("test")
                    .subscribe(
                            OnlineAuthFailedEvent.class,
                            event -> event.setResult(new OnlineAuthFailedEvent.Result.AllowOffline()));
            sessionServer.answer(question -> new Reply(204, ""));
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                accept(client).close();
                Player player = joined.take();
                assertThat(player.isOnlineMode()).isFalse();
                assertThat(player.profile()).isEqualTo(OfflineProfile.of("Bob"));
            }
            assertThat(proxy.counters().refusedSoFar(Refusal.NOT_VERIFIED)).isZero();
        }
    }

    @Test
    void the_players_address_is_asked_for_when_the_configuration_says_so() throws Exception {
        serve(ProxyMode.CLIENT_ONLY, true);
        try (var client = dial(NEWEST_TESTED, Optional.empty())) {
            encrypt(client);
            accept(client).close();
        }
        assertThat(sessionServer.questions().take()).endsWith("&ip=127.0.0.1");
    }

    @Nested
    class The_server {

        private static final String SPELLED_OTHERWISE = PROFILE.replace("Bob", "bOB");

        @Test
        void is_told_name_and_uuid_as_the_session_server_knows_them() throws Exception {
            sessionServer.answer(question -> new Reply(200, SPELLED_OTHERWISE));
            for (int protocol : new int[] {340, ProtocolVersion.V1_19_1, NEWEST_TESTED}) {
                try (var client = dial(protocol, Optional.empty(), new UUID(6, 6))) {
                    encrypt(client);
                    try (var server = new PacketSocket(listening.accept(), client.ids())) {
                        server.expect(Handshake.LAYOUT);
                        LoginStart start = server.expect(LoginStart.LAYOUT);
                        assertThat(start.name()).isEqualTo("bOB");
                        assertThat(start.uuid()).isEqualTo(protocol == 340 ? Optional.empty() : Optional.of(ACCOUNT));
                    }
                }
            }
        }

        @Test
        void gets_the_verified_profile_from_velocitys_forwarding() throws Exception {
            serve(ProxyMode.CLIENT_ONLY, sessionServer.login(false), ForwardingMode.VELOCITY);
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                try (var server = accept(client)) {
                    server.send(
                            LoginPluginRequest.LAYOUT,
                            new LoginPluginRequest(0, "velocity:player_info", new byte[] {4}));
                    ByteBuf answer = Unpooled.wrappedBuffer(
                            server.expect(LoginPluginResponse.LAYOUT).content().orElseThrow());
                    answer.skipBytes(32 + 1);
                    assertThat(Wire.readString(answer, 15)).isEqualTo("127.0.0.1");
                    assertThat(Wire.readUuid(answer)).isEqualTo(ACCOUNT);
                    assertThat(Wire.readString(answer, 16)).isEqualTo("Bob");
                    assertThat(Wire.readVarInt(answer)).isEqualTo(1);
                    assertThat(Wire.readString(answer, 64)).isEqualTo("textures");
                    assertThat(Wire.readString(answer, 64)).isEqualTo("e30=");
                    assertThat(answer.readBoolean()).isTrue();
                    assertThat(Wire.readString(answer, 64)).isEqualTo("c2ln");
                    assertThat(answer.isReadable()).isFalse();
                }
            }
        }

        @Test
        void that_asks_by_velocitys_forwarding_and_takes_no_notice_is_not_joined() throws Exception {
            serve(ProxyMode.CLIENT_ONLY, sessionServer.login(false), ForwardingMode.VELOCITY);
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                try (var server = accept(client)) {
                    server.send(
                            LoginPluginRequest.LAYOUT,
                            new LoginPluginRequest(0, "velocity:player_info", new byte[] {4}));
                    server.expect(LoginPluginResponse.LAYOUT);
                    UUID ofTheName = OfflineProfile.uuid("Bob");
                    server.send(LoginSuccess.LAYOUT, new LoginSuccess(ofTheName, "Bob", List.of(), ofTheName));
                    assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("does not take over");
                    assertThat(client.isAtEnd()).isTrue();
                }
            }
            assertThat(proxy.counters().refusedSoFar(Refusal.FORWARDING)).isEqualTo(1);
        }

        @Test
        void that_takes_no_notice_of_BungeeCords_forwarding_is_not_joined() throws Exception {
            serve(ProxyMode.CLIENT_ONLY, sessionServer.login(false), ForwardingMode.BUNGEE_CORD);
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                try (var server = new PacketSocket(listening.accept(), client.ids())) {
                    ByteBuf handshake = server.expect(PacketType.SERVERBOUND_HANDSHAKE_INTENTION);
                    Wire.readVarInt(handshake);
                    assertThat(Wire.readString(handshake, Wire.MAX_STRING))
                            .isEqualTo("play.example.org\000127.0.0.1\000069a79f444e94726a5befca90e38aaf5\0"
                                    + "[{\"name\":\"textures\",\"value\":\"e30=\",\"signature\":\"c2ln\"}]");
                    server.expect(LoginStart.LAYOUT);
                    UUID ofTheName = OfflineProfile.uuid("Bob");
                    server.send(LoginSuccess.LAYOUT, new LoginSuccess(ofTheName, "Bob", List.of(), ofTheName));
                    assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("does not take over");
                    assertThat(client.isAtEnd()).isTrue();
                }
            }
            assertThat(proxy.counters().refusedSoFar(Refusal.FORWARDING)).isEqualTo(1);
        }
    }

    @Nested
    class A_plugin {

        @Test
        void can_demand_a_verified_account_where_none_is_asked_for() throws Exception {
            serve(ProxyMode.OFFLINE, false);
            events.busOf("test")
                    .subscribe(PreLoginEvent.class, event -> event.setResult(new PreLoginEvent.Result.ForceOnline()));
            try (var client = dial(NEWEST_TESTED, Optional.empty())) {
                encrypt(client);
                accept(client).close();
            }
        }

        @Test
        void can_let_somebody_in_unverified() throws Exception {
            var joined = new LinkedBlockingQueue<Player>();
            events.busOf("test").subscribe(PostLoginEvent.class, event -> joined.add(event.player()));
            events.busOf("test")
                    .subscribe(PreLoginEvent.class, event -> event.setResult(new PreLoginEvent.Result.ForceOffline()));
            try (var client = dial(NEWEST_TESTED, Optional.empty());
                    var server = accept(client)) {
                server.send(LoginSuccess.LAYOUT, new LoginSuccess(ACCOUNT, "Bob", List.of(), ACCOUNT));
                client.expect(LoginSuccess.LAYOUT);
                Player player = joined.take();
                assertThat(player.profile().uuid()).isEqualTo(OfflineProfile.uuid("Bob"));
                assertThat(player.isOnlineMode()).isFalse();
            }
            assertThat(sessionServer.questions()).isEmpty();
        }
    }
}
