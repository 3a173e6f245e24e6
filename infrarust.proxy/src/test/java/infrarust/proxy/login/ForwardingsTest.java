package infrarust.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.ForwardingSettings;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.LogLines;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ForwardingsTest {

    private static final ForwardingSecret SECRET = ForwardingSecret.of("s3cr3t-of-the-network");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
    private final Forwardings forwardings = new Forwardings(Optional.of(SECRET), clock::get);
    private final ServerConfig lobby = ServerConfig.builder("lobby").build();
    private final ServerConfig games = ServerConfig.builder("games")
            .forwardingMode(ForwardingMode.BUNGEE_CORD)
            .build();

    @Test
    void a_servers_own_mode_wins_over_the_proxys() {
        var config = ProxyConfig.builder()
                .forwarding(new ForwardingSettings(ForwardingMode.VELOCITY, Path.of("x")))
                .build();
        ProxySnapshot snapshot = ProxySnapshot.of(config, lobby, games);
        assertThat(forwardings.of(snapshot, lobby)).isEqualTo(new IdentityForwarding.Velocity(SECRET));
        assertThat(forwardings.of(snapshot, games)).isEqualTo(new IdentityForwarding.BungeeCord());
    }

    @Test
    void a_fault_has_one_line_per_server_and_another_after_a_while() {
        try (LogLines log = LogLines.of(Forwardings.class.getName())) {
            forwardings.report(lobby, ForwardingFault.SECRET_REFUSED);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARN The server lobby does not accept the proxy's secret: give both sides the same one")
                    .endsWith("the proxy's has the fingerprint ca7e7a09")
                    .doesNotContain("s3cr3t");
            clock.addAndGet(Forwardings.QUIET.toNanos() - 1);
            forwardings.report(lobby, ForwardingFault.SECRET_REFUSED);
            assertThat(log.lines()).hasSize(1);
            forwardings.report(games, ForwardingFault.SECRET_REFUSED);
            forwardings.report(lobby, ForwardingFault.ONLINE_MODE);
            assertThat(log.lines()).hasSize(3);
            clock.incrementAndGet();
            forwardings.report(lobby, ForwardingFault.SECRET_REFUSED);
            assertThat(log.lines()).hasSize(4);
        }
    }
}
