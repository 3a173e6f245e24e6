package infrarust.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.DomainRewrite;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.SendProxyProtocol;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.Timeouts;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.gate.Gate;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.gate.NameCheck;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.net.Transport;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.telemetry.Refusal;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
        value = ProxyMode.class,
        names = {"PASSTHROUGH", "ZERO_COPY"})
class ForwardingTest {

    @Parameter
    ProxyMode mode;

    /** 1.20.1, host "a", port 25565, login; behind it a login start of "Bob" without a UUID. */
    private static final byte[] OPENING = HexFormat.of().parseHex("0800fb05016163dd02" + "060003426f6200");

    private final EventDispatcher events = NobodyListens.dispatcher();
    private final OnlinePlayers players = new OnlinePlayers();

    private LoopbackProxy proxy(int backendPort, UnaryOperator<ServerConfig.Builder> settings) throws IOException {
        var server = settings.apply(ServerConfig.builder("lobby")
                        .domains("*")
                        .addresses("127.0.0.1:" + backendPort)
                        .proxyMode(mode)
                        .disconnectMessage("gone fishing"))
                .build();
        return new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(ProxyConfig.defaults(), server),
                (network, backends) -> new Gate.Rooms(
                        client -> client.close(),
                        client -> client.close(),
                        new Forwarding(backends, NameCheck.NONE, new LoginGuard(events), events, players),
                        client -> client.close()));
    }

    @Nested
    class With_a_server_that_answers {

        @Test
        void the_bytes_of_the_client_arrive_as_they_were_sent_and_those_of_the_server_too() throws IOException {
            try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var proxy = proxy(backend.getLocalPort(), server -> server);
                    Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = backend.accept()) {
                    assertThat(accepted.getInputStream().readNBytes(OPENING.length))
                            .isEqualTo(OPENING);
                    accepted.getOutputStream().write(new byte[] {1, 2, 3});
                    assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
                }
            }
        }

        @ParameterizedTest
        @EnumSource(
                value = SendProxyProtocol.class,
                names = {"V1", "V2"})
        void a_header_that_says_whose_connection_it_is_comes_first_where_the_server_wants_one(SendProxyProtocol form)
                throws IOException {
            try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var proxy = proxy(backend.getLocalPort(), server -> server.sendProxyProtocol(form));
                    Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = backend.accept()) {
                    InputStream in = accepted.getInputStream();
                    if (form == SendProxyProtocol.V1) {
                        String line = "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + client.getPort()
                                + "\r\n";
                        assertThat(new String(in.readNBytes(line.length()), StandardCharsets.US_ASCII))
                                .isEqualTo(line);
                    } else {
                        assertThat(in.readNBytes(28))
                                .startsWith(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000c7f0000017f000001"))
                                .endsWith(ByteBuffer.allocate(4)
                                        .putShort((short) client.getLocalPort())
                                        .putShort((short) client.getPort())
                                        .array());
                    }
                    assertThat(in.readNBytes(OPENING.length)).isEqualTo(OPENING);
                }
            }
        }

        @Test
        void a_handshake_that_arrives_byte_by_byte_is_replayed_whole() throws IOException {
            try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var proxy = proxy(backend.getLocalPort(), server -> server);
                    Socket client = proxy.connect()) {
                for (byte one : OPENING) {
                    client.getOutputStream().write(one);
                }
                try (Socket accepted = backend.accept()) {
                    assertThat(accepted.getInputStream().readNBytes(OPENING.length))
                            .isEqualTo(OPENING);
                }
            }
        }

        @Test
        void the_end_of_one_direction_leaves_the_other_open() throws IOException {
            try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var proxy = proxy(backend.getLocalPort(), server -> server);
                    Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = backend.accept()) {
                    accepted.getInputStream().readNBytes(OPENING.length);
                    client.shutdownOutput();
                    assertThat(accepted.getInputStream().read()).isEqualTo(-1);
                    accepted.getOutputStream().write("still here".getBytes(StandardCharsets.UTF_8));
                    accepted.shutdownOutput();
                    assertThat(client.getInputStream().readAllBytes())
                            .asString()
                            .isEqualTo("still here");
                }
            }
        }

        @Test
        void four_mebibytes_arrive_whole_at_a_client_that_reads_late() throws Exception {
            byte[] world = new byte[4 << 20];
            new Random(1).nextBytes(world);
            try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var proxy = proxy(backend.getLocalPort(), server -> server);
                    Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = backend.accept()) {
                    var sent = CompletableFuture.runAsync(() -> {
                        try {
                            accepted.getOutputStream().write(world);
                            accepted.shutdownOutput();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
                    assertThat(new DataInputStream(client.getInputStream()).readAllBytes())
                            .isEqualTo(world);
                    sent.join();
                }
            }
        }

        @Test
        void a_client_that_stops_reading_until_the_server_can_write_no_more_gets_the_rest_too() throws Exception {
            int total = 64 << 20;
            try (var backend = ServerSocketChannel.open()
                            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    var proxy = proxy(backend.socket().getLocalPort(), server -> server);
                    Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (SocketChannel accepted = backend.accept()) {
                    int before = fill(accepted, total);
                    assertThat(before).isLessThan(total);
                    accepted.configureBlocking(true);
                    var sent = CompletableFuture.runAsync(() -> {
                        try {
                            for (int left = total - before; left > 0; ) {
                                left -= accepted.write(ByteBuffer.allocate(Math.min(left, 1 << 20)));
                            }
                            accepted.shutdownOutput();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
                    assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream()))
                            .isEqualTo(total);
                    sent.join();
                }
            }
        }

        /** Writes until nothing has been taken for half a second, and says how much has been. */
        private static int fill(SocketChannel channel, int atMost) throws IOException {
            channel.configureBlocking(false);
            int written = 0;
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_WRITE);
                while (written < atMost && selector.select(500) > 0) {
                    selector.selectedKeys().clear();
                    written += channel.write(ByteBuffer.allocate(Math.min(atMost - written, 1 << 16)));
                }
            }
            return written;
        }
    }

    @Nested
    class With_a_peer_that_stands_still {

        private static final Duration SHORT = Duration.ofSeconds(1);
        private static final Duration LONG = Duration.ofMinutes(1);

        @Test
        void a_connection_on_which_nothing_moves_is_ended() throws IOException {
            try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var proxy =
                            proxy(backend.getLocalPort(), server -> server.timeouts(new Timeouts(LONG, SHORT, LONG)));
                    Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = backend.accept()) {
                    accepted.getInputStream().readNBytes(OPENING.length);
                    assertThat(ends(client)).isTrue();
                    assertThat(ends(accepted)).isTrue();
                }
                assertThat(proxy.counters().refusedSoFar(Refusal.SILENT)).isOne();
            }
        }

        @Test
        void a_client_that_does_not_read_is_ended() throws IOException {
            try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var proxy =
                            proxy(backend.getLocalPort(), server -> server.timeouts(new Timeouts(LONG, LONG, SHORT)));
                    Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = backend.accept()) {
                    writeUntilRefused(accepted);
                }
                assertThat(proxy.counters().refusedSoFar(Refusal.NOT_READING)).isOne();
            }
        }

        @Test
        void a_server_that_does_not_read_is_left() throws IOException {
            try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var proxy =
                            proxy(backend.getLocalPort(), server -> server.timeouts(new Timeouts(LONG, LONG, SHORT)));
                    Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = backend.accept()) {
                    accepted.getInputStream().readNBytes(OPENING.length);
                    writeUntilRefused(client);
                }
                assertThat(proxy.counters().refusedSoFar(Refusal.SERVER_STALLED))
                        .isOne();
            }
        }

        private static boolean ends(Socket socket) throws IOException {
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketException reset) {
                return true;
            }
        }

        private static void writeUntilRefused(Socket socket) {
            try {
                while (true) {
                    socket.getOutputStream().write(new byte[1 << 16]);
                }
            } catch (IOException refused) {
                // What the test waits for.
            }
        }
    }

    @Test
    void a_rewritten_host_keeps_the_markers_of_mods() throws IOException {
        byte[] fml = HexFormat.of().parseHex("0d00fb0506" + "6100464d4c00" + "63dd02");
        try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var proxy = proxy(
                        backend.getLocalPort(), server -> server.domainRewrite(new DomainRewrite.Explicit("bcd")));
                Socket client = proxy.connect()) {
            client.getOutputStream().write(fml);
            client.getOutputStream().write(7);
            try (Socket accepted = backend.accept()) {
                assertThat(accepted.getInputStream().readNBytes(17))
                        .isEqualTo(HexFormat.of().parseHex("0f00fb0508" + "62636400464d4c00" + "63dd02" + "07"));
            }
        }
    }

    @Test
    void a_server_that_is_down_is_told_to_the_client_before_the_connection_closes() throws IOException {
        int nobody;
        try (var closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        try (var proxy = proxy(nobody, server -> server);
                Socket client = proxy.connect()) {
            client.getOutputStream().write(OPENING);
            var text = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("gone fishing");
            assertThat(text.charAt(1)).as("the packet id of a login disconnect").isEqualTo('\0');
        }
    }
}
