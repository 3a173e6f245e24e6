package infrarust.proxy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.UnknownDomain;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.net.Transport;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    /** 1.20.1, host "a", port 25565, status. */
    private static final String PING = "0800fb05016163dd01";

    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private LoopbackProxy proxy;

    @BeforeEach
    void start() throws IOException {
        start(ProxySnapshot.of(
                ProxyConfig.defaults(),
                ServerConfig.builder("lobby")
                        .domains("*")
                        .addresses("127.0.0.1:1")
                        .build()));
    }

    private void start(ProxySnapshot snapshot) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        proxy = new LoopbackProxy(
                Transport.best(),
                snapshot,
                (network, backends) -> new Gate.Rooms(
                        client -> client.handOver(record("status", client)),
                        client -> client.handOverFromStart(record("legacy", client)),
                        client -> client.handOver(record("forward", client)),
                        client -> client.handOver(record("intercept", client))));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private ChannelInboundHandlerAdapter record(String room, ClientConnection client) {
        served.add(room);
        client.noDeadline();
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                var bytes = (ByteBuf) message;
                served.add(ByteBufUtil.hexDump(bytes));
                bytes.release();
            }
        };
    }

    private String next() throws InterruptedException {
        return String.valueOf(served.poll(10, TimeUnit.SECONDS));
    }

    private void send(Socket socket, String hex) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(hex));
    }

    @Test
    void a_ping_goes_to_the_status_with_what_came_behind_the_handshake() throws Exception {
        try (Socket client = proxy.connect()) {
            send(client, PING + "0100");
            assertThat(next()).isEqualTo("status");
            assertThat(next()).isEqualTo("0100");
        }
    }

    @Test
    void a_login_and_a_transfer_go_to_the_room_of_the_servers_mode() throws Exception {
        for (String intent : new String[] {"02", "03"}) {
            try (Socket client = proxy.connect()) {
                send(client, PING.substring(0, PING.length() - 2) + intent);
                assertThat(next()).isEqualTo("forward");
            }
        }
    }

    @Nested
    class A_first_byte_of_254 {

        @ParameterizedTest
        @ValueSource(strings = {"fe", "fe01", "fe01fa"})
        void is_a_legacy_ping(String bytes) throws Exception {
            try (Socket client = proxy.connect()) {
                send(client, bytes);
                assertThat(next()).isEqualTo("legacy");
                assertThat(next()).startsWith("fe");
            }
        }

        @Test
        void is_the_length_of_a_long_handshake_when_a_packet_id_follows() throws Exception {
            // 254 bytes: id, version, host of 246 characters with its length of two bytes, port, intent.
            String handshake = "fe01" + "00" + "fb05" + "f601" + "61".repeat(246) + "63dd" + "01";
            try (Socket client = proxy.connect()) {
                send(client, handshake);
                assertThat(next()).isEqualTo("status");
            }
        }
    }

    @Test
    void a_login_from_before_1_7_is_told_why_it_is_refused() throws IOException {
        try (Socket client = proxy.connect()) {
            send(client, "0239");
            byte[] kick = client.getInputStream().readAllBytes();
            assertThat(kick[0]).isEqualTo((byte) 0xFF);
            assertThat(new String(kick, 3, kick.length - 3, StandardCharsets.UTF_16BE))
                    .contains("1.7.2");
            assertThat(proxy.counters().refusedSoFar(Refusal.LEGACY_LOGIN)).isEqualTo(1);
        }
    }

    @Nested
    class Malformed_input {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "00", // a frame of no bytes
                    "ffff7f00", // longer than a handshake
                    "80808080", // a length that does not end
                    "0801fb05016163dd01", // another packet first
                    "0800fb05016163dd04", // no such intent
                    "0800fb05ff6163dd01", // a host longer than the frame
                    "0600fb050163dd", // cut off inside
                })
        void closes_that_connection_is_counted_and_nothing_else(String hex) throws Exception {
            try (Socket client = proxy.connect()) {
                send(client, hex);
                assertThat(client.getInputStream().readAllBytes()).isEmpty();
            }
            assertThat(proxy.counters().refusedSoFar(Refusal.MALFORMED)).isEqualTo(1);
            assertThat(served).isEmpty();
        }

        @Test
        void of_any_kind_leaves_the_others_alone_and_writes_no_line() throws Exception {
            var random = new Random(4711);
            try (var log = LogLines.of("infrarust")) {
                for (int i = 0; i < 300; i++) {
                    byte[] noise = new byte[1 + random.nextInt(3000)];
                    random.nextBytes(noise);
                    try (Socket client = proxy.connect()) {
                        client.getOutputStream().write(noise);
                        client.shutdownOutput();
                        drain(client.getInputStream());
                    } catch (IOException reset) {
                        // As good as a close.
                    }
                }
                assertThat(log.lines()).isEmpty();
            }
            served.clear();
            try (Socket client = proxy.connect()) {
                send(client, PING);
                assertThat(next()).isEqualTo("status");
            }
        }

        private void drain(InputStream in) throws IOException {
            byte[] chunk = new byte[1000];
            while (in.read(chunk) >= 0) {
                // Whatever a kick says.
            }
        }
    }

    @Nested
    class A_host_that_no_server_claims {

        @Test
        void is_told_to_a_login() throws IOException {
            start(ProxySnapshot.of(ProxyConfig.defaults()));
            try (Socket client = proxy.connect()) {
                send(client, PING.substring(0, PING.length() - 2) + "02");
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("Unknown server");
            }
        }

        @Test
        void is_closed_without_a_word_when_the_operator_wants_that() throws IOException {
            start(ProxySnapshot.of(ProxyConfig.builder()
                    .unknownDomainBehavior(UnknownDomain.DROP)
                    .build()));
            try (Socket client = proxy.connect()) {
                send(client, PING.substring(0, PING.length() - 2) + "02");
                assertThat(client.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }
}
