package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.PreLoginEvent;
import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.Cidr;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ReceiveProxyProtocol;
import infrarust.proxy.config.SendProxyProtocol;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.net.Transport;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.packet.EncryptionRequest;
import infrarust.proxy.protocol.packet.EncryptionResponse;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.session.FakeSessionServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A player behind a load balancer, in the modes that end the protocol: everybody hears of the player's own address. */
class RealAddressTest {

    private static final PacketIds IDS = PacketTable.load().ids(765);
    private static final UUID ACCOUNT = UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5");
    private static final byte[] SECRET = new byte[16];

    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final BlockingQueue<InetSocketAddress> seen = new LinkedBlockingQueue<>();
    private FakeSessionServer sessionServer;
    private ServerSocket listening;

    @BeforeEach
    void start() throws IOException {
        sessionServer = new FakeSessionServer();
        sessionServer.answer(question -> new Reply(200, "{\"id\":\"" + ACCOUNT + "\",\"name\":\"Bob\"}"));
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
        events.busOf("test").subscribe(PreLoginEvent.class, event -> seen.add(event.remoteAddress()));
    }

    @AfterEach
    void stop() throws IOException {
        listening.close();
        sessionServer.close();
        clock.close();
    }

    private LoopbackProxy proxy(ProxyMode mode) throws IOException {
        var balancers = AddressSet.of(List.of(Cidr.parse("127.0.0.0/8")));
        return new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.builder()
                                .receiveProxyProtocol(
                                        new ReceiveProxyProtocol(ReceiveProxyProtocol.Presence.REQUIRED, balancers))
                                .build(),
                        ServerConfig.builder("lobby")
                                .domains("*")
                                .addresses("127.0.0.1:" + listening.getLocalPort())
                                .proxyMode(mode)
                                .sendProxyProtocol(SendProxyProtocol.V2)
                                .build()),
                (network, backends) -> OnlySessions.rooms(
                        backends,
                        events,
                        new OnlinePlayers(),
                        OnlySessions.NO_LIMBO,
                        sessionServer.login(true),
                        new Forwardings(Optional.empty(), () -> 0)));
    }

    private static PacketSocket dial(LoopbackProxy proxy) throws IOException {
        Socket socket = proxy.connect();
        socket.getOutputStream()
                .write("PROXY TCP4 203.0.113.7 192.0.2.9 4660 25565\r\n".getBytes(StandardCharsets.US_ASCII));
        var client = new PacketSocket(socket, IDS);
        client.send(Handshake.LAYOUT, new Handshake(765, "play.example.org", 25565, Handshake.LOGIN));
        client.send(LoginStart.LAYOUT, new LoginStart("Bob", Optional.empty(), Optional.of(ACCOUNT)));
        return client;
    }

    private static byte[] encrypted(PublicKey key, byte[] bytes) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(bytes);
    }

    private void the_server_hears_of_the_player() throws IOException {
        try (Socket socket = listening.accept()) {
            assertThat(HexFormat.of().formatHex(socket.getInputStream().readNBytes(28)))
                    .isEqualTo("0d0a0d0a000d0a515549540a" + "2111000c" + "cb007107" + "c0000209" + "1234" + "63dd");
            var server = new PacketSocket(socket, IDS);
            assertThat(server.expect(Handshake.LAYOUT).host()).isEqualTo("play.example.org");
            assertThat(server.expect(LoginStart.LAYOUT).name()).isEqualTo("Bob");
        }
    }

    private void plugins_hear_of_the_player() throws InterruptedException {
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(new InetSocketAddress("203.0.113.7", 0x1234));
    }

    @Test
    void plugins_and_the_server_in_offline() throws Exception {
        try (var proxy = proxy(ProxyMode.OFFLINE);
                var _ = dial(proxy)) {
            plugins_hear_of_the_player();
            the_server_hears_of_the_player();
        }
    }

    @Test
    void plugins_the_session_server_and_the_server_in_client_only() throws Exception {
        try (var proxy = proxy(ProxyMode.CLIENT_ONLY);
                var client = dial(proxy)) {
            plugins_hear_of_the_player();
            EncryptionRequest request = client.expect(EncryptionRequest.LAYOUT);
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(request.publicKey()));
            client.send(
                    EncryptionResponse.LAYOUT,
                    new EncryptionResponse(
                            encrypted(key, SECRET),
                            new EncryptionResponse.Proof.Token(encrypted(key, request.verifyToken()))));
            assertThat(sessionServer.questions().poll(10, TimeUnit.SECONDS)).endsWith("&ip=203.0.113.7");
            the_server_hears_of_the_player();
        }
    }
}
