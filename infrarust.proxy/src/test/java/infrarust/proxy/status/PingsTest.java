package infrarust.proxy.status;

import static infrarust.proxy.status.PingBench.handshake;
import static infrarust.proxy.status.PingBench.json;
import static infrarust.proxy.status.PingBench.response;
import static infrarust.proxy.status.PingBench.send;
import static infrarust.proxy.status.PingBench.sent;
import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.Balance;
import infrarust.proxy.config.Balancing;
import infrarust.proxy.config.Cidr;
import infrarust.proxy.config.DomainRewrite;
import infrarust.proxy.config.IpFilter;
import infrarust.proxy.config.Motd;
import infrarust.proxy.config.MotdState;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.SendProxyProtocol;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.StatusCache;
import infrarust.proxy.config.UnknownDomain;
import infrarust.proxy.net.AddressedChannel;
import infrarust.proxy.net.Endpoints;
import infrarust.proxy.net.ProxyHeader;
import infrarust.proxy.telemetry.Refusal;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingsTest {

    private static final String PING = "09010102030405060708";
    private static final String ANSWER =
            "{\"version\":{\"protocol\":47,\"name\":\"x\"} ,\"forgeData\":[1e2,\"ü\"],\"description\":{\"text\":\"a\"}}";

    private static ServerConfig.Builder server() {
        return ServerConfig.builder("lobby").domains("play.example").addresses("10.0.0.1:1");
    }

    private PingBench bench = new PingBench(ProxySnapshot.of(ProxyConfig.defaults(), server().build()));

    private void use(ServerConfig.Builder server) {
        use(ProxyConfig.builder(), server);
    }

    private void use(ProxyConfig.Builder config, ServerConfig.Builder... servers) {
        bench.close();
        bench = new PingBench(ProxySnapshot.of(
                config.build(),
                java.util.Arrays.stream(servers)
                        .map(ServerConfig.Builder::build)
                        .toList()));
    }

    @AfterEach
    void closeAll() {
        bench.close();
    }

    @Nested
    class A_ping_of_a_server_with_a_backend {

        @Test
        void asks_the_backend_with_the_handshake_of_the_client() {
            bench.asks("play.example", 765);
            bench.backends.getFirst().connects();

            assertThat(bench.backends.getFirst().received()).isEqualTo(handshake("play.example", 765) + "0100");
            assertThat(bench.backends.getFirst().address).isEqualTo(InetSocketAddress.createUnresolved("10.0.0.1", 1));
        }

        @Test
        void tells_the_backend_whose_question_it_is_where_the_server_wants_that() {
            use(server().sendProxyProtocol(SendProxyProtocol.V1));
            bench.asks("play.example", 765);

            var client = new Endpoints(new InetSocketAddress("10.0.0.1", 40000), AddressedChannel.PROXY);
            assertThat(bench.headers)
                    .containsExactly(Optional.of(
                            new ProxyHeader(ProxyHeader.Version.V1, new ProxyHeader.Origin.Client(client))));
        }

        @Test
        void tells_the_backend_nothing_else() {
            bench.asks("play.example", 765);

            assertThat(bench.headers).containsExactly(Optional.empty());
        }

        @Test
        void is_closed_without_a_word_when_the_servers_filter_refuses_the_address() {
            use(server().ipFilter(new IpFilter(AddressSet.empty(), AddressSet.of(List.of(Cidr.parse("10.0.0.1"))))));
            EmbeddedChannel pinger = bench.asks("play.example", 765);

            assertThat(sent(pinger)).isEmpty();
            assertThat(pinger.isOpen()).isFalse();
            assertThat(bench.backends).isEmpty();
            assertThat(bench.counters.refusedSoFar(Refusal.IP_FILTER)).isEqualTo(1);
        }

        @Test
        void shows_the_answer_byte_for_byte() {
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().connects();
            bench.backends.getFirst().answers(ANSWER);

            assertThat(sent(pinger)).isEqualTo(response(ANSWER));
            assertThat(bench.backends.getFirst().channel.isOpen()).isFalse();
        }

        @Test
        void takes_an_answer_in_as_many_pieces_as_it_comes() {
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().connects();
            String frame = response(ANSWER);
            for (int i = 0; i < frame.length(); i += 2) {
                bench.backends.getFirst().sends(frame.substring(i, i + 2));
            }

            assertThat(sent(pinger)).isEqualTo(frame);
        }

        @Test
        void ends_with_the_pong_that_repeats_the_ping() {
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().connects();
            bench.backends.getFirst().answers(ANSWER);
            sent(pinger);
            send(pinger, PING.substring(0, 6));
            send(pinger, PING.substring(6));

            assertThat(sent(pinger)).isEqualTo(PING);
            assertThat(pinger.isOpen()).isFalse();
        }

        @Test
        void answers_in_order_when_the_ping_comes_before_the_answer() {
            EmbeddedChannel pinger = bench.pinger();
            send(pinger, handshake("play.example", 765) + "0100" + PING);
            assertThat(sent(pinger)).isEmpty();
            bench.backends.getFirst().connects();
            bench.backends.getFirst().answers(ANSWER);

            assertThat(sent(pinger)).isEqualTo(response(ANSWER) + PING);
            assertThat(pinger.isOpen()).isFalse();
        }

        @Test
        void rewrites_the_host_where_the_operator_asks_for_it_and_keeps_what_mods_append() {
            use(server().domains("play.example\0FML\0").domainRewrite(new DomainRewrite.Explicit("inner")));
            bench.asks("play.example\0FML\0", 340);
            bench.backends.getFirst().connects();

            assertThat(bench.backends.getFirst().received()).isEqualTo(handshake("inner\0FML\0", 340) + "0100");
        }
    }

    @Nested
    class Many_pings {

        @Test
        void of_the_same_version_share_one_question() {
            EmbeddedChannel first = bench.asks("play.example", 765);
            EmbeddedChannel second = bench.asks("play.example", 765);
            assertThat(bench.backends).hasSize(1);
            bench.backends.getFirst().connects();
            bench.backends.getFirst().answers(ANSWER);

            assertThat(sent(first)).isEqualTo(response(ANSWER));
            assertThat(sent(second)).isEqualTo(response(ANSWER));
        }

        @Test
        void get_their_answer_even_when_the_one_that_asked_has_left() {
            EmbeddedChannel first = bench.asks("play.example", 765);
            EmbeddedChannel second = bench.asks("play.example", 765);
            var _ = first.close();
            bench.backends.getFirst().connects();
            bench.backends.getFirst().answers(ANSWER);

            assertThat(sent(second)).isEqualTo(response(ANSWER));
        }

        @Test
        void of_several_versions_never_see_each_others_answers() {
            EmbeddedChannel old = bench.asks("play.example", 47);
            EmbeddedChannel recent = bench.asks("play.example", 774);
            assertThat(bench.backends).hasSize(2);
            bench.backends.forEach(PingBench.Backend::connects);
            bench.backends.get(0).answers("{\"version\":{\"protocol\":47}}");
            bench.backends.get(1).answers("{\"version\":{\"protocol\":774}}");

            assertThat(json(old)).contains("47");
            assertThat(json(recent)).contains("774");
            assertThat(json(bench.asks("play.example", 47))).contains("47");
            assertThat(json(bench.asks("play.example", 774))).contains("774");
        }

        @Test
        void within_the_time_to_live_ask_no_more() {
            answeredOnce();
            bench.pass(Duration.ofMillis(4_999));

            assertThat(sent(bench.asks("play.example", 765))).isEqualTo(response(ANSWER));
            assertThat(bench.backends).hasSize(1);
        }

        @Test
        void after_the_time_to_live_ask_again() {
            answeredOnce();
            bench.pass(Duration.ofSeconds(5));
            EmbeddedChannel later = bench.asks("play.example", 765);
            assertThat(bench.backends).hasSize(2);
            bench.backends.get(1).connects();
            bench.backends.get(1).answers("{\"new\":1}");

            assertThat(json(later)).isEqualTo("{\"new\":1}");
        }

        @Test
        void without_a_time_to_live_ask_every_time() {
            use(ProxyConfig.builder().statusCache(new StatusCache(Duration.ZERO, 10)), server());
            answeredOnce();
            bench.asks("play.example", 765);

            assertThat(bench.backends).hasSize(2);
        }

        @Test
        void of_ever_new_versions_are_remembered_up_to_the_bound() {
            use(ProxyConfig.builder().statusCache(new StatusCache(Duration.ofMinutes(1), 8)), server());
            for (int protocol = 1000; protocol < 1100; protocol++) {
                bench.asks("play.example", protocol);
                bench.backends.getLast().connects();
                bench.backends.getLast().answers(ANSWER);
                bench.pass(Duration.ofMillis(1));
            }
            int asked = bench.backends.size();

            assertThat(sent(bench.asks("play.example", 1099))).isEqualTo(response(ANSWER));
            assertThat(bench.backends).hasSize(asked);
            bench.asks("play.example", 1000);
            assertThat(bench.backends).hasSize(asked + 1);
        }

        private void answeredOnce() {
            bench.asks("play.example", 765);
            bench.backends.getFirst().connects();
            bench.backends.getFirst().answers(ANSWER);
        }
    }

    @Nested
    class A_backend_that_fails {

        private final String unreachable =
                "{\"version\":{\"name\":\"Infrarust\",\"protocol\":765},\"players\":{\"max\":0,\"online\":0},"
                        + "\"description\":{\"color\":\"red\",\"text\":\"Server unreachable\"}}";

        private EmbeddedChannel asksAndConnects() {
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getLast().connects();
            return pinger;
        }

        @Test
        void to_connect_is_shown_as_unreachable() {
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().refuses();

            assertThat(json(pinger)).isEqualTo(unreachable);
        }

        @Test
        void by_closing_is_shown_as_unreachable() {
            EmbeddedChannel pinger = asksAndConnects();
            var _ = bench.backends.getFirst().channel.close();

            assertThat(json(pinger)).isEqualTo(unreachable);
        }

        @Test
        void by_silence_is_given_up_after_five_seconds() {
            EmbeddedChannel pinger = asksAndConnects();
            bench.pass(Duration.ofMillis(4_900));
            assertThat(sent(pinger)).isEmpty();
            bench.pass(Duration.ofMillis(400));

            assertThat(json(pinger)).isEqualTo(unreachable);
            assertThat(bench.backends.getFirst().channel.isOpen()).isFalse();
        }

        @Test
        void by_not_even_connecting_is_given_up_after_five_seconds_and_closed_when_it_does() {
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.pass(Duration.ofMillis(5_300));
            assertThat(json(pinger)).isEqualTo(unreachable);
            bench.backends.getFirst().connects();

            assertThat(bench.backends.getFirst().received()).isEmpty();
            assertThat(bench.backends.getFirst().channel.isOpen()).isFalse();
        }

        @Test
        void by_trickling_is_given_up_after_five_seconds() {
            EmbeddedChannel pinger = asksAndConnects();
            bench.backends.getFirst().sends("7f00");
            for (int i = 0; i < 5; i++) {
                bench.backends.getFirst().sends("7e20");
                bench.pass(Duration.ofSeconds(1));
            }
            bench.pass(Duration.ofMillis(300));

            assertThat(json(pinger)).isEqualTo(unreachable);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "00", // an empty frame
                    "ffff7f", // the longest frame there is
                    "ffffffff0f", // a length of five bytes
                    "0301017b", // another packet
                    "020005", // a string that is longer than its frame
                    "0600ffffffff0f", // a string of negative length
                    "0300017b", // {
                    "0400025b5d", // []
                    "04000261" + "62", // no JSON
                    "02000074", // an empty string
                    "485454502f312e312034", // HTTP/1.1 4: a frame of 72 bytes with the packet 0x54
                })
        void by_garbage_is_shown_as_unreachable(String garbage) {
            EmbeddedChannel pinger = asksAndConnects();
            bench.backends.getFirst().sends(garbage + "00".repeat(80));

            assertThat(json(pinger)).isEqualTo(unreachable);
            assertThat(bench.backends.getFirst().channel.isOpen()).isFalse();
        }

        @Test
        void by_nesting_without_end_is_shown_as_unreachable() {
            EmbeddedChannel pinger = asksAndConnects();
            bench.backends.getFirst().answers("{\"a\":" + "[".repeat(40_000));

            assertThat(json(pinger)).isEqualTo(unreachable);
        }

        @Test
        void by_never_ending_takes_no_more_memory_than_one_answer() {
            EmbeddedChannel pinger = asksAndConnects();
            bench.backends.getFirst().sends("e68006" + "00" + "e28006");
            for (int i = 0; i < 100 && bench.backends.getFirst().channel.isOpen(); i++) {
                bench.backends.getFirst().sends("20".repeat(4096));
            }

            assertThat(json(pinger)).isEqualTo(unreachable);
        }

        @Test
        void after_it_has_answered_is_shown_as_it_was_then_for_a_minute() {
            asksAndConnects();
            bench.backends.getLast().answers(ANSWER);
            bench.pass(Duration.ofSeconds(6));
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getLast().refuses();
            assertThat(sent(pinger)).isEqualTo(response(ANSWER));

            bench.pass(Duration.ofSeconds(60));
            EmbeddedChannel later = bench.asks("play.example", 765);
            bench.backends.getLast().refuses();
            assertThat(json(later)).isEqualTo(unreachable);
        }

        @Test
        void is_not_asked_again_within_the_time_to_live() {
            bench.asks("play.example", 765);
            bench.backends.getLast().refuses();
            bench.pass(Duration.ofSeconds(4));

            assertThat(json(bench.asks("play.example", 765))).isEqualTo(unreachable);
            assertThat(bench.backends).hasSize(1);
        }

        @Test
        void is_shown_with_the_operators_words_and_never_with_those_for_a_live_server() {
            use(server().motd(Map.of(
                    MotdState.ONLINE,
                    Motd.of("live"),
                    MotdState.UNREACHABLE,
                    new Motd("§lgone", Optional.empty(), Optional.of("v"), OptionalInt.of(7)))));
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().refuses();

            assertThat(json(pinger))
                    .isEqualTo("{\"version\":{\"name\":\"v\",\"protocol\":765},\"players\":{\"max\":7,\"online\":0},"
                            + "\"description\":{\"bold\":true,\"text\":\"gone\"}}");
        }
    }

    @Nested
    class A_server_with_several_addresses {

        @Test
        void is_alive_when_one_of_them_answers() {
            use(server().addresses("10.0.0.1:1", "10.0.0.2:2"));
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().refuses();
            assertThat(bench.backends.getLast().address).isEqualTo(InetSocketAddress.createUnresolved("10.0.0.2", 2));
            bench.backends.getLast().connects();
            bench.backends.getLast().answers("{\"description\":\"x\"}");
            assertThat(json(pinger)).contains("\"description\":\"x\"");
        }

        @Test
        void is_asked_at_the_first_one_that_is_well_without_a_turn_being_taken() {
            use(server().addresses("10.0.0.1:1", "10.0.0.2:2").balancing(Balancing.of(Balance.ROUND_ROBIN)));
            for (int i = 0; i < 3; i++) {
                bench.asks("play.example", 700 + i);
                assertThat(bench.backends.getLast().address.getPort()).isEqualTo(1);
            }
        }
    }

    @Nested
    class An_override_for_a_live_answer {

        @Test
        void replaces_its_members_and_keeps_all_others() {
            use(server().motd(Map.of(
                    MotdState.ONLINE,
                    new Motd("§aHi", Optional.of(FaviconTest.RAW_BASE64), Optional.of("v"), OptionalInt.of(50)))));
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().connects();
            bench.backends
                    .getFirst()
                    .answers(
                            "{\"description\":\"x\",\"players\":{\"max\":1,\"online\":9,\"sample\":[]},"
                                    + "\"version\":{\"protocol\":765,\"name\":\"y\"},\"big\":12345678901234567890123,\"html\":\"<&>\"}");

            assertThat(json(pinger))
                    .isEqualTo("{\"description\":{\"color\":\"green\",\"text\":\"Hi\"},"
                            + "\"players\":{\"max\":50,\"online\":9,\"sample\":[]},"
                            + "\"version\":{\"protocol\":765,\"name\":\"v\"},\"big\":12345678901234567890123,"
                            + "\"html\":\"<&>\",\"favicon\":\"data:image/png;base64," + FaviconTest.RAW_BASE64 + "\"}");
        }

        @Test
        void may_be_only_the_number_of_slots() {
            use(server().maxPlayers(80));
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().connects();
            bench.backends.getFirst().answers("{\"description\":\"x\"}");

            assertThat(json(pinger)).isEqualTo("{\"description\":\"x\",\"players\":{\"max\":80}}");
        }
    }

    @Nested
    class Without_a_backend {

        @Test
        void a_host_that_nobody_claims_gets_the_default_message_and_its_own_version() {
            assertThat(json(bench.asks("other.example", 754)))
                    .isEqualTo(
                            "{\"version\":{\"name\":\"Infrarust\",\"protocol\":754},"
                                    + "\"players\":{\"max\":100,\"online\":3},\"description\":{\"text\":\"An Infrarust Proxy\"}}");
            assertThat(bench.counters.refusedSoFar(Refusal.UNKNOWN_DOMAIN)).isEqualTo(1);
        }

        @Test
        void any_protocol_number_is_repeated() {
            assertThat(json(bench.asks("other.example", -1))).contains("\"protocol\":-1}");
            assertThat(json(bench.asks("other.example", Integer.MIN_VALUE))).contains("\"protocol\":-2147483648}");
        }

        @Test
        void a_host_that_nobody_claims_gets_nothing_when_the_operator_says_drop() {
            use(ProxyConfig.builder().unknownDomainBehavior(UnknownDomain.DROP), server());
            EmbeddedChannel pinger = bench.asks("other.example", 765);

            assertThat(pinger.isOpen()).isFalse();
            assertThat(sent(pinger)).isEmpty();
        }

        @Test
        void a_server_that_leads_into_limbo_is_answered_by_the_proxy() {
            use(ServerConfig.builder("here")
                    .domains("play.example")
                    .motd(Map.of(MotdState.ONLINE, Motd.of("§x§1§2§3§4§5§6Void"))));
            bench.online = 12;

            assertThat(json(bench.asks("play.example", 777)))
                    .contains("\"online\":12}", "{\"color\":\"#123456\",\"text\":\"Void\"}");
            assertThat(json(bench.asks("play.example", 340))).doesNotContain("#123456");
            assertThat(bench.backends).isEmpty();
        }

        @Test
        void every_state_has_a_text_of_its_own() {
            assertThat(Motds.defaultText(MotdState.SLEEPING)).isEqualTo("§7Server sleeping — §aConnect to wake up!");
            assertThat(Motds.defaultText(MotdState.STARTING)).isEqualTo("§eServer is starting...");
            assertThat(Motds.defaultText(MotdState.STOPPING)).isEqualTo("§6Server is stopping...");
            assertThat(Motds.defaultText(MotdState.CRASHED)).isEqualTo("§cServer unavailable");
            assertThat(Motds.defaultText(MotdState.UNREACHABLE)).isEqualTo("§cServer unreachable");
        }

        @Test
        void a_favicon_that_cannot_be_shown_is_told_and_left_out() {
            use(server().motd(Map.of(
                    MotdState.UNREACHABLE,
                    new Motd("x", Optional.of("https://example.org/a.png"), Optional.empty(), OptionalInt.empty()))));
            EmbeddedChannel pinger = bench.asks("play.example", 765);
            bench.backends.getFirst().refuses();

            assertThat(json(pinger)).doesNotContain("favicon");
            assertThat(bench.problems)
                    .singleElement()
                    .asString()
                    .startsWith("server lobby, motd.unreachable.favicon: \"https://example.org/a.png\" is a URL");
        }
    }

    @Nested
    class A_client_that_misbehaves {

        @Test
        void by_saying_nothing_after_the_handshake_is_let_go_after_five_seconds() {
            EmbeddedChannel pinger = bench.pinger();
            send(pinger, handshake("play.example", 765));
            bench.pass(Duration.ofMillis(4_900));
            assertThat(pinger.isOpen()).isTrue();
            bench.pass(Duration.ofMillis(400));

            assertThat(pinger.isOpen()).isFalse();
            assertThat(bench.counters.refusedSoFar(Refusal.TOO_SLOW)).isEqualTo(1);
        }

        @Test
        void by_saying_nothing_after_the_answer_is_let_go_after_five_seconds() {
            EmbeddedChannel pinger = bench.asks("other.example", 765);
            bench.pass(Duration.ofMillis(5_300));

            assertThat(pinger.isOpen()).isFalse();
        }

        @Test
        void by_asking_twice_is_let_go() {
            EmbeddedChannel pinger = bench.asks("other.example", 765);
            send(pinger, "0100");

            assertThat(pinger.isOpen()).isFalse();
            assertThat(bench.counters.refusedSoFar(Refusal.MALFORMED)).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"00", "02", "ff", "0101", "0902", "0900"})
        void by_sending_anything_else_is_let_go(String garbage) {
            EmbeddedChannel pinger = bench.pinger();
            send(pinger, handshake("play.example", 765) + garbage + "00".repeat(100));

            assertThat(pinger.isOpen()).isFalse();
            assertThat(sent(pinger)).isEmpty();
        }

        @Test
        void by_pinging_without_asking_still_gets_its_pong() {
            EmbeddedChannel pinger = bench.pinger();
            send(pinger, handshake("play.example", 765) + PING);

            assertThat(sent(pinger)).isEqualTo(PING);
            assertThat(pinger.isOpen()).isFalse();
        }
    }
}
