package infrarust.proxy.status;

import static infrarust.proxy.status.PingBench.send;
import static infrarust.proxy.status.PingBench.sent;
import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.Motd;
import infrarust.proxy.config.MotdState;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.UnknownDomain;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyPingTest {

    /** What a client of 1.6.4 sends for play.example:25565, as the protocol's documentation lays it out. */
    private static final String PING_1_6 = "fe01fa" + "000b" + "004d0043007c00500069006e00670048006f00730074" + "001f"
            + "4e" + "000c" + "0070006c00610079002e006500780061006d0070006c0065" + "000063dd";

    private static final Duration WAIT = Duration.ofMillis(100);

    private PingBench bench = new PingBench(ProxySnapshot.of(
            ProxyConfig.defaults(),
            ServerConfig.builder("lobby")
                    .domains("play.example")
                    .addresses("10.0.0.1")
                    .build()));

    private static String kick(String reason) {
        return "ff%04x".formatted(reason.length()) + ByteBufUtil.hexDump(reason.getBytes(StandardCharsets.UTF_16BE));
    }

    private EmbeddedChannel asks(String hex) {
        EmbeddedChannel pinger = bench.pinger();
        send(pinger, hex);
        return pinger;
    }

    @AfterEach
    void closeAll() {
        bench.close();
    }

    @Nested
    class One_byte {

        @Test
        void is_the_oldest_form_when_nothing_more_comes_within_the_wait() {
            EmbeddedChannel pinger = asks("fe");
            bench.pass(WAIT.minusMillis(1));
            assertThat(sent(pinger)).isEmpty();
            bench.pass(Duration.ofMillis(1));

            assertThat(sent(pinger)).isEqualTo(kick("An Infrarust Proxy§3§100"));
            assertThat(pinger.isOpen()).isFalse();
        }

        @Test
        void is_answered_without_colour_codes_which_are_its_separators() {
            bench.close();
            bench = new PingBench(ProxySnapshot.of(ProxyConfig.builder()
                    .defaultMotd(Map.of(MotdState.ONLINE, Motd.of("§aGreen\n§lfields")))
                    .build()));
            EmbeddedChannel pinger = asks("fe");
            bench.pass(WAIT);

            assertThat(sent(pinger)).isEqualTo(kick("Green fields§3§100"));
        }

        @Test
        void leaves_no_timer_behind_when_the_client_hangs_up() {
            EmbeddedChannel pinger = asks("fe");
            var _ = pinger.close();
            bench.pass(WAIT);

            assertThat(sent(pinger)).isEmpty();
        }
    }

    @Nested
    class Two_bytes {

        @Test
        void are_the_form_of_1_4_when_nothing_more_comes_within_the_wait() {
            EmbeddedChannel pinger = asks("fe");
            bench.pass(WAIT.dividedBy(2));
            send(pinger, "01");
            bench.pass(WAIT.minusMillis(1));
            assertThat(sent(pinger)).isEmpty();
            bench.pass(Duration.ofMillis(1));

            assertThat(sent(pinger)).isEqualTo(kick("§1\u0000127\0Infrarust\0An Infrarust Proxy\u00003\u0000100"));
            assertThat(pinger.isOpen()).isFalse();
        }

        @Test
        void are_never_longer_than_these_clients_read() {
            bench.close();
            bench = new PingBench(ProxySnapshot.of(ProxyConfig.builder()
                    .defaultMotd(Map.of(MotdState.ONLINE, Motd.of("\uD83D\uDE00".repeat(300))))
                    .build()));
            EmbeddedChannel pinger = asks("fe01");
            bench.pass(WAIT);
            String answer = sent(pinger);

            assertThat(Integer.parseInt(answer.substring(2, 6), 16)).isBetween(255, 256);
            assertThat(answer).doesNotContain("d83d0000").endsWith("00000033" + "0000003100300030");
        }
    }

    @Nested
    class The_form_of_1_6 {

        @Test
        void asks_the_backend_that_its_host_leads_to_in_the_modern_way() {
            asks(PING_1_6);
            bench.backends.getFirst().connects();

            assertThat(bench.backends.getFirst().received())
                    .isEqualTo(PingBench.handshake("play.example", -1) + "0100");
        }

        @Test
        void may_come_byte_by_byte() {
            EmbeddedChannel pinger = bench.pinger();
            for (int i = 0; i < PING_1_6.length(); i += 2) {
                send(pinger, PING_1_6.substring(i, i + 2));
                bench.pass(Duration.ofMillis(20));
            }

            assertThat(bench.backends).hasSize(1);
        }

        @Test
        void gets_the_backends_answer_translated() {
            EmbeddedChannel pinger = asks(PING_1_6);
            bench.backends.getFirst().connects();
            bench.backends
                    .getFirst()
                    .answers("{\"version\":{\"name\":\"Paper 1.21\",\"protocol\":767},"
                            + "\"players\":{\"max\":20,\"online\":5},"
                            + "\"description\":{\"text\":\"Hi \",\"extra\":[{\"text\":\"you\",\"color\":\"gold\"}]}}");

            assertThat(sent(pinger)).isEqualTo(kick("§1\u0000767\0Paper 1.21\0Hi §6you\u00005\u000020"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"version\":1,\"players\":[],\"description\":[]}",
                    "{\"version\":{\"name\":{},\"protocol\":\"x\"},\"players\":{\"max\":null},\"description\":null}"
                })
        void gets_nothing_worse_than_empty_fields_from_an_odd_answer(String json) {
            EmbeddedChannel pinger = asks(PING_1_6);
            bench.backends.getFirst().connects();
            bench.backends.getFirst().answers(json);

            assertThat(sent(pinger)).isEqualTo(kick(String.join("\0", "§1", "0", "", "", "0", "0")));
        }

        @Test
        void is_told_its_own_protocol_number_when_the_proxy_answers() {
            EmbeddedChannel pinger = asks(PING_1_6);
            bench.backends.getFirst().refuses();

            assertThat(sent(pinger)).isEqualTo(kick("§1\u000078\0Infrarust\0§cServer unreachable\u00000\u00000"));
        }

        @Test
        void for_an_unknown_host_is_closed_when_the_operator_says_drop() {
            bench.close();
            bench = new PingBench(ProxySnapshot.of(ProxyConfig.builder()
                    .unknownDomainBehavior(UnknownDomain.DROP)
                    .build()));
            EmbeddedChannel pinger = asks(PING_1_6);

            assertThat(sent(pinger)).isEmpty();
            assertThat(pinger.isOpen()).isFalse();
        }

        @Test
        void that_never_ends_is_let_go_after_five_seconds() {
            EmbeddedChannel pinger = asks(PING_1_6.substring(0, 40));
            bench.pass(Duration.ofMillis(5_300));

            assertThat(pinger.isOpen()).isFalse();
            assertThat(bench.counters.refusedSoFar(Refusal.TOO_SLOW)).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    // another channel; a rest of 65,535 bytes; a host that is longer than the rest; a rest of nothing
                    "fe01fa000b004d0043007c00500069006e00670048006f00730075001f4e000c",
                    "fe01fa000b004d0043007c00500069006e00670048006f00730074ffff4e000c",
                    "fe01fa000b004d0043007c00500069006e00670048006f0073007400094e0fff61616161616161616161",
                    "fe01fa000b004d0043007c00500069006e00670048006f007300740000",
                })
        void that_makes_no_sense_is_answered_like_the_form_of_1_4(String hex) {
            EmbeddedChannel pinger = asks(hex);

            assertThat(sent(pinger)).isEqualTo(kick("§1\u0000127\0Infrarust\0An Infrarust Proxy\u00003\u0000100"));
            assertThat(bench.backends).isEmpty();
        }
    }
}
