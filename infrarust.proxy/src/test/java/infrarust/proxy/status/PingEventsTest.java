package infrarust.proxy.status;

import static infrarust.proxy.status.PingBench.json;
import static infrarust.proxy.status.PingBench.response;
import static infrarust.proxy.status.PingBench.send;
import static infrarust.proxy.status.PingBench.sent;
import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.EventBus;
import infrarust.api.event.PingResponse;
import infrarust.api.event.PingResponse.SamplePlayer;
import infrarust.api.event.ProxyPingEvent;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.protocol.Wire;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What plugins see of pings, and make of the answers. */
class PingEventsTest {

    private static final String ANSWER =
            "{\"version\":{\"protocol\":47,\"name\":\"x\",\"more\":1} ,\"forgeData\":[1e2,\"ü\"],"
                    + "\"players\":{\"max\":20,\"online\":2,\"sample\":[{\"name\":\"Ada\",\"id\":\"00000000-0000-0001-0000-000000000002\"}]},"
                    + "\"description\":{\"text\":\"a\"},\"favicon\":\"data:image/png;base64,AAAA\",\"preventsChatReports\":true}";

    private final PingBench bench = new PingBench(ProxySnapshot.of(
            ProxyConfig.defaults(),
            ServerConfig.builder("lobby")
                    .domains("play.example")
                    .addresses("10.0.0.1:1")
                    .build(),
            ServerConfig.builder("void").domains("void.example").build()));
    private final EventBus bus = bench.events.busOf("motd");
    private final BlockingQueue<ProxyPingEvent> asked = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        bench.close();
    }

    private void change(UnaryOperator<PingResponse> change) {
        bus.subscribe(ProxyPingEvent.class, event -> {
            event.setResult(change.apply(event.result()));
            asked.add(event);
        });
    }

    private ProxyPingEvent next() throws InterruptedException {
        ProxyPingEvent event = asked.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    /** The answer of the only backend for a pinger, when the plugins have dealt with it. */
    private EmbeddedChannel answered(String answer) throws Exception {
        EmbeddedChannel pinger = bench.asks("play.example", 765);
        bench.backends.getFirst().connects();
        bench.backends.getFirst().answers(answer);
        settle(pinger);
        return pinger;
    }

    /** What plugins do is done on other threads, and comes back as a task of the channel's loop. */
    private static void settle(EmbeddedChannel pinger) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (pinger.outboundMessages().isEmpty() && pinger.isOpen() && System.nanoTime() < end) {
            pinger.runPendingTasks();
            Thread.onSpinWait();
        }
    }

    @Nested
    class A_ping {

        @Test
        void is_shown_with_the_answer_that_is_known() throws Exception {
            change(response -> response);
            EmbeddedChannel pinger = answered(ANSWER);

            ProxyPingEvent event = next();
            assertThat(event.host()).contains("play.example");
            assertThat(event.server()).contains("lobby");
            assertThat(event.protocolVersion()).isEqualTo(765);
            assertThat(event.isLegacy()).isFalse();
            assertThat(event.result())
                    .isEqualTo(new PingResponse(
                            Component.text("a"),
                            2,
                            20,
                            List.of(new SamplePlayer("Ada", new UUID(1, 2))),
                            47,
                            "x",
                            Optional.of("data:image/png;base64,AAAA")));
            assertThat(sent(pinger)).as("byte for byte").isEqualTo(response(ANSWER));
        }

        @Test
        void gets_what_plugins_change_and_the_rest_as_it_was() throws Exception {
            change(response -> response.withDescription(Component.text("b", NamedTextColor.RED))
                    .withPlayers(5, 500)
                    .withSample(List.of(new SamplePlayer("§cBob", new UUID(3, 4))))
                    .withVersion(765, "y")
                    .withFavicon(Optional.empty()));

            assertThat(json(answered(ANSWER)))
                    .isEqualTo("{\"version\":{\"protocol\":765,\"name\":\"y\",\"more\":1},\"forgeData\":[1e2,\"ü\"],"
                            + "\"players\":{\"max\":500,\"online\":5,\"sample\":[{\"name\":\"§cBob\","
                            + "\"id\":\"00000000-0000-0003-0000-000000000004\"}]},"
                            + "\"description\":{\"color\":\"red\",\"text\":\"b\"},\"preventsChatReports\":true}");
        }

        @Test
        void of_an_answer_with_members_missing_or_wrong_leaves_them_so() throws Exception {
            change(response -> response.withPlayers(response.onlinePlayers(), 9));

            assertThat(json(answered("{\"description\":7,\"version\":3,\"players\":{\"sample\":[1,{\"id\":2}]}}")))
                    .isEqualTo("{\"description\":7,\"version\":3,\"players\":{\"sample\":[1,{\"id\":2}],\"max\":9}}");
        }

        @Test
        void is_shown_again_when_the_answer_is_one_that_is_held() throws Exception {
            change(response -> response.withPlayers(asked.size(), 9));
            answered(ANSWER);
            EmbeddedChannel second = bench.asks("play.example", 765);
            settle(second);

            assertThat(bench.backends).hasSize(1);
            assertThat(json(second)).contains("\"online\":1");
        }

        @Test
        void that_the_proxy_answers_itself_is_shown_too() throws Exception {
            change(response -> response.withVersion(response.protocolVersion(), "mine"));
            EmbeddedChannel pinger = bench.asks("void.example", 765);
            settle(pinger);

            ProxyPingEvent event = next();
            assertThat(event.server()).contains("void");
            assertThat(event.result().protocolVersion()).isEqualTo(765);
            assertThat(event.result().onlinePlayers()).isEqualTo(3);
            assertThat(json(pinger)).contains("\"name\":\"mine\"", "An Infrarust Proxy");
        }

        @Test
        void of_a_host_that_no_server_claims_is_shown_without_a_server() throws Exception {
            change(response -> response);
            settle(bench.asks("else.example", 765));

            assertThat(next().server()).isEmpty();
        }

        @Test
        void is_followed_by_the_pong() throws Exception {
            change(response -> response.withPlayers(1, 1));
            EmbeddedChannel pinger = bench.asks("void.example", 765);
            send(pinger, "09010102030405060708");
            settle(pinger);

            assertThat(sent(pinger)).endsWith("09010102030405060708");
            assertThat(pinger.isOpen()).isFalse();
        }

        @Test
        void gets_the_answer_as_it_was_when_plugins_make_it_too_long() throws Exception {
            change(response -> response.withVersion(1, "x".repeat(Wire.MAX_STRING)));
            try (LogLines log = LogLines.of(PingEvents.class.getName())) {
                assertThat(sent(answered(ANSWER))).isEqualTo(response(ANSWER));
                assertThat(log.lines()).hasSize(1).first().asString().contains("longer than the 32767 characters");
            }
        }
    }

    @Nested
    class A_ping_of_before_1_7 {

        @Test
        void is_shown_as_such_and_gets_what_plugins_change() throws Exception {
            change(response -> response.withDescription(Component.text("old", NamedTextColor.GOLD))
                    .withPlayers(7, 8)
                    .withVersion(78, "1.6.4"));
            EmbeddedChannel pinger = bench.pinger();
            send(pinger, "fe01");
            bench.pass(LegacyConversation.EXTRA_BYTE);
            settle(pinger);

            ProxyPingEvent event = next();
            assertThat(event.isLegacy()).isTrue();
            assertThat(event.protocolVersion()).isEqualTo(-1);
            assertThat(event.host()).isEmpty();
            String text = new String(
                    io.netty.buffer.ByteBufUtil.decodeHexDump(sent(pinger).substring(6)),
                    java.nio.charset.StandardCharsets.UTF_16BE);
            assertThat(text).isEqualTo("§1\00078\0001.6.4\000§6old\0007\0008");
        }
    }
}
