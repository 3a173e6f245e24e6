package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {

    private static ServerConfig.Builder server(String id) {
        return ServerConfig.builder(id).domains(id + ".example.org").addresses("10.0.0.5:25565");
    }

    private static ConfigDiff between(ServerConfig before, ServerConfig after) {
        return ConfigDiff.between(
                ProxySnapshot.of(ProxyConfig.defaults(), before),
                ProxySnapshot.of(ProxyConfig.defaults(), after),
                List.of());
    }

    private static ConfigDiff between(ProxyConfig before, ProxyConfig after) {
        return ConfigDiff.between(ProxySnapshot.of(before, List.of()), ProxySnapshot.of(after, List.of()), List.of());
    }

    @Nested
    class Of_servers {

        @Test
        void names_what_came_and_what_went() {
            var diff = between(server("old").build(), server("new").build());
            assertThat(diff.added()).containsExactly("new");
            assertThat(diff.removed()).containsExactly("old");
            assertThat(diff.summary()).isEqualTo("added new; removed old");
            assertThat(diff.lines()).containsExactly("+ server new", "- server old");
        }

        @Test
        void names_keys_as_the_file_writes_them() {
            var diff = between(
                    server("a").build(),
                    server("a")
                            .addresses("10.0.0.6:25565")
                            .balancing(Balancing.of(Balance.LEAST_CONN))
                            .timeouts(
                                    new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(90), Duration.ofSeconds(30)))
                            .maxPlayers(20)
                            .build());
            assertThat(diff.summary()).isEqualTo("updated a (addresses, balance, timeouts.read, max_players)");
            assertThat(diff.lines())
                    .containsExactly(
                            "~ server a, addresses: [10.0.0.5:25565] -> [10.0.0.6:25565]",
                            "~ server a, balance: first_available -> least_conn",
                            "~ server a, timeouts.read: 30s -> 1m30s",
                            "~ server a, max_players: 0 -> 20");
        }

        @Test
        void that_are_the_same_is_nothing() {
            var diff = between(server("a").build(), server("a").build());
            assertThat(diff.isEmpty()).isTrue();
            assertThat(diff.summary()).isEqualTo("nothing has changed");
            assertThat(diff.lines()).isEmpty();
        }
    }

    @Nested
    class Of_the_proxy {

        @Test
        void goes_into_tables_and_maps() {
            var diff = between(
                    ProxyConfig.defaults(),
                    ProxyConfig.builder()
                            .rateLimit(new RateLimit(true, 3, Duration.ofSeconds(20), 300, Duration.ofSeconds(10)))
                            .receiveProxyProtocol(new ReceiveProxyProtocol(
                                    ReceiveProxyProtocol.Presence.REQUIRED, AddressSet.empty()))
                            .defaultMotd(Map.of(MotdState.ONLINE, Motd.of("Hello")))
                            .build());
            assertThat(diff.proxy())
                    .extracting(ChangedSetting::toString)
                    .containsExactly(
                            "receive_proxy_protocol: off -> required",
                            "rate_limit.enabled: false -> true",
                            "rate_limit.window: 10s -> 20s",
                            "default_motd.online: nothing -> \"Hello\"");
        }

        @Test
        void shows_nothing_of_what_plugins_are_told() {
            var diff = between(
                    ProxyConfig.defaults(),
                    ProxyConfig.builder()
                            .plugins(Map.of("antibot", PluginSettings.defaults()))
                            .build());
            assertThat(diff.lines()).containsExactly("~ plugins.antibot: <redacted> -> <redacted>");
        }
    }

    @Nested
    class A_running_proxy {

        private final ProxyConfig running = ProxyConfig.defaults();
        private final ProxyConfig wanted = ProxyConfig.builder()
                .bind(new Address("127.0.0.1", 1))
                .workerThreads(7)
                .connectMaxAttempts(9)
                .shutdown(new ShutdownSettings("bye", Optional.empty(), Duration.ZERO, "gone"))
                .build();

        @Test
        void takes_what_can_change() {
            ProxyConfig merged = Reloadable.merge(running, wanted);
            assertThat(merged)
                    .isEqualTo(running.toBuilder()
                            .connectMaxAttempts(9)
                            .shutdown(wanted.shutdown())
                            .build());
        }

        @Test
        void names_what_needs_a_restart() {
            assertThat(Reloadable.needRestart(running, wanted)).containsExactly("bind", "worker_threads");
            assertThat(Reloadable.needRestart(running, running)).isEmpty();
        }

        @Test
        void has_every_setting_that_is_listed() {
            assertThat(Arrays.stream(ProxyConfig.class.getRecordComponents()).map(RecordComponent::getName))
                    .containsAll(Reloadable.COMPONENTS);
        }
    }
}
