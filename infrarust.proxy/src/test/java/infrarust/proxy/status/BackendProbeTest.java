package infrarust.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ActiveHealth;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.SendProxyProtocol;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.net.KeepAlive;
import infrarust.proxy.net.Network;
import infrarust.proxy.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BackendProbeTest {

    private final Network network = Network.start(Transport.best(), 1, KeepAlive.defaults());
    private ServerSocket backend;

    @BeforeEach
    void listen() throws IOException {
        backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        backend.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        backend.close();
    }

    private CompletableFuture<Optional<String>> look(ActiveHealth.Kind kind) {
        return look(kind, SendProxyProtocol.OFF);
    }

    private CompletableFuture<Optional<String>> look(ActiveHealth.Kind kind, SendProxyProtocol header) {
        var server = ServerConfig.builder("lobby")
                .sendProxyProtocol(header)
                .activeHealth(new ActiveHealth(
                        true, kind, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMillis(800), false, 8))
                .build();
        var scope = network.scope(network.nextLoop());
        var probe = new BackendProbe(scope, PingBench.PACKETS, network.connector());
        var outcome = new CompletableFuture<Optional<String>>();
        scope.loop()
                .execute(() ->
                        probe.look(server, Address.parse("127.0.0.1:" + backend.getLocalPort()), outcome::complete));
        return outcome.orTimeout(20, TimeUnit.SECONDS);
    }

    private Optional<String> nobody(ActiveHealth.Kind kind) throws IOException {
        backend.close();
        return look(kind).join();
    }

    @Nested
    class A_look_by_connecting {

        @Test
        void opens_a_connection_says_nothing_and_closes_it() throws IOException {
            assertThat(look(ActiveHealth.Kind.TCP).join()).isEmpty();
            try (Socket accepted = backend.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            }
        }

        @Test
        void tells_why_there_was_none() throws IOException {
            assertThat(nobody(ActiveHealth.Kind.TCP)).get().asString().contains("Cannot connect to", "refused");
        }
    }

    @Nested
    class A_look_by_asking_for_the_status {

        @Test
        void is_content_with_any_answer() throws IOException {
            var outcome = look(ActiveHealth.Kind.STATUS_PING);
            try (Socket accepted = backend.accept()) {
                // Handshake: protocol -1, the host of the address, its port, next state 1; then the request.
                byte[] asked = accepted.getInputStream().readNBytes(1 + 1 + 5 + 1 + 9 + 2 + 1 + 2);
                assertThat(HexFormat.of().formatHex(asked))
                        .startsWith("1300ffffffff0f09" + "3132372e302e302e31")
                        .endsWith("010100");
                accepted.getOutputStream().write(HexFormat.of().parseHex(PingBench.response("{}")));
                assertThat(outcome.join()).isEmpty();
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            }
        }

        @Test
        void names_its_own_ends_where_the_server_wants_to_know_whose_connection_it_is() throws IOException {
            var outcome = look(ActiveHealth.Kind.STATUS_PING, SendProxyProtocol.V1);
            try (Socket accepted = backend.accept()) {
                String expected =
                        "PROXY TCP4 127.0.0.1 127.0.0.1 " + accepted.getPort() + " " + backend.getLocalPort() + "\r\n";
                byte[] header = accepted.getInputStream().readNBytes(expected.length());
                assertThat(new String(header, StandardCharsets.US_ASCII)).isEqualTo(expected);
            }
            assertThat(outcome.join()).isPresent();
        }

        @Test
        void is_not_content_with_a_connection_that_stays_silent() {
            assertThat(look(ActiveHealth.Kind.STATUS_PING).join())
                    .hasValue("it takes connections but does not answer pings");
        }

        @Test
        void tells_why_there_was_no_connection() throws IOException {
            assertThat(nobody(ActiveHealth.Kind.STATUS_PING)).get().asString().contains("Cannot connect to", "refused");
        }
    }
}
