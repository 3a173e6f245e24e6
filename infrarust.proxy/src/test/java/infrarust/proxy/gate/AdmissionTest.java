package infrarust.proxy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.Cidr;
import infrarust.proxy.config.IpFilter;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.RateLimit;
import infrarust.proxy.config.ReceiveProxyProtocol;
import infrarust.proxy.config.ReceiveProxyProtocol.Presence;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.net.AddressedChannel;
import infrarust.proxy.net.StandingClock;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.telemetry.ConnectionCounters;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate does with who may not come in, or not that often. */
class AdmissionTest {

    private static final PacketTable PACKETS = PacketTable.load();

    /** 1.20.1, host "a", port 25565, and the intent. */
    private static final String PING = "0800fb05016163dd01";

    private static final String LOGIN = "0800fb05016163dd02";
    private static final String TRANSFER = "0800fb05016163dd03";

    private static final String BALANCER = "10.0.0.1";
    private static final String PLAYER = "203.0.113.7";
    private static final String OTHER_PLAYER = "203.0.113.8";

    private final StandingClock clock = new StandingClock();
    private final ConnectionCounters counters = new ConnectionCounters();
    private final List<AddressedChannel> channels = new ArrayList<>();
    private final List<String> served = new ArrayList<>();

    @AfterEach
    void nothing_is_left_behind() {
        channels.forEach(AddressedChannel::finishAndReleaseAll);
    }

    private static AddressSet set(String... blocks) {
        return AddressSet.of(Arrays.stream(blocks).map(Cidr::parse).toList());
    }

    private Gate gate(ProxyConfig.Builder settings) {
        return gate(settings, IpFilter.none());
    }

    private Gate gate(ProxyConfig.Builder settings, IpFilter ofServer) {
        ServerConfig server = ServerConfig.builder("lobby")
                .domains("*")
                .addresses("127.0.0.1:1")
                .ipFilter(ofServer)
                .build();
        ProxySnapshot snapshot = ProxySnapshot.of(settings.build(), server);
        return new Gate(
                PACKETS,
                host -> new Route(snapshot, host, Optional.of(server)),
                Admission.of(snapshot.config(), LoopbackProxy.noFilters(), clock::nanoTime),
                counters,
                NobodyListens.dispatcher(),
                new Gate.Rooms(
                        client -> serve("status", client),
                        client -> {
                            served.add("legacy " + name(client));
                            client.noDeadline();
                            client.handOverFromStart(new Swallow());
                        },
                        client -> serve("login", client),
                        client -> serve("login", client)));
    }

    private void serve(String room, ClientConnection client) {
        served.add(room + " " + name(client));
        client.noDeadline();
        client.handOver(new Swallow());
    }

    private static String name(ClientConnection client) {
        return client.remoteAddress().getAddress().getHostAddress();
    }

    private static final class Swallow extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ((ByteBuf) message).release();
        }
    }

    /** One connection that sends that. */
    private AddressedChannel connects(Gate gate, String from, String hex) {
        return connects(gate, from, HexFormat.of().parseHex(hex));
    }

    private AddressedChannel connects(Gate gate, String from, byte[] bytes) {
        var channel = new AddressedChannel(from);
        channels.add(channel);
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(gate.receive(channel, clock.scope(channel.eventLoop())));
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        }
        return channel;
    }

    /** What the client is told. */
    private static String told(AddressedChannel channel) {
        var all = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return all.toString();
    }

    private static void isClosedWithoutAWord(AddressedChannel channel) {
        assertThat(channel.isOpen()).isFalse();
        assertThat(told(channel)).isEmpty();
    }

    @Nested
    class An_address_that_the_proxys_filter_refuses {

        private final Gate gate = gate(ProxyConfig.builder().ipFilter(new IpFilter(AddressSet.empty(), set(PLAYER))));

        @ParameterizedTest
        @ValueSource(strings = {PING, LOGIN, "fe01"})
        void is_closed_without_a_word_and_counted(String hex) {
            isClosedWithoutAWord(connects(gate, PLAYER, hex));
            assertThat(counters.refusedSoFar(Refusal.IP_FILTER)).isEqualTo(1);
            assertThat(counters.refusedLast(Refusal.IP_FILTER)).contains(InetAddress.ofLiteral(PLAYER));
            assertThat(served).isEmpty();
        }

        @Test
        void leaves_the_others_alone() {
            connects(gate, OTHER_PLAYER, PING);
            assertThat(served).containsExactly("status " + OTHER_PLAYER);
        }
    }

    @Nested
    class An_address_that_a_servers_filter_refuses {

        private final Gate gate = gate(ProxyConfig.builder(), new IpFilter(set(OTHER_PLAYER), AddressSet.empty()));

        @Test
        void is_told_when_it_logs_in() {
            assertThat(told(connects(gate, PLAYER, LOGIN))).contains("You may not join this server");
            assertThat(counters.refusedSoFar(Refusal.IP_FILTER)).isEqualTo(1);
            assertThat(served).isEmpty();
        }

        @Test
        void leaves_the_others_alone() {
            connects(gate, OTHER_PLAYER, LOGIN);
            assertThat(served).containsExactly("login " + OTHER_PLAYER);
        }
    }

    @Nested
    class A_limited_address {

        private final Gate gate = gate(ProxyConfig.builder()
                .rateLimit(new RateLimit(true, 2, Duration.ofSeconds(10), 3, Duration.ofSeconds(30))));

        @Test
        void logs_in_as_often_as_allowed_is_told_once_and_then_closed_without_a_word() {
            connects(gate, PLAYER, LOGIN);
            connects(gate, PLAYER, TRANSFER);
            assertThat(told(connects(gate, PLAYER, LOGIN))).contains("You are connecting too often");
            isClosedWithoutAWord(connects(gate, PLAYER, LOGIN));
            assertThat(served).hasSize(2);
            assertThat(counters.refusedSoFar(Refusal.LOGIN_RATE)).isEqualTo(2);

            clock.advance(Duration.ofSeconds(5));
            connects(gate, PLAYER, LOGIN);
            assertThat(served).hasSize(3);
        }

        @Test
        void pings_as_often_as_allowed_and_is_closed_without_a_word() {
            connects(gate, PLAYER, PING);
            connects(gate, PLAYER, "fe01");
            connects(gate, PLAYER, PING);
            isClosedWithoutAWord(connects(gate, PLAYER, PING));
            isClosedWithoutAWord(connects(gate, PLAYER, "fe01"));
            assertThat(served).hasSize(3);
            assertThat(counters.refusedSoFar(Refusal.PING_RATE)).isEqualTo(2);
        }

        @Test
        void is_counted_apart_for_logins_and_pings_and_from_other_addresses() {
            for (int i = 0; i < 4; i++) {
                connects(gate, PLAYER, PING);
            }
            connects(gate, PLAYER, LOGIN);
            connects(gate, OTHER_PLAYER, PING);
            assertThat(served).endsWith("login " + PLAYER, "status " + OTHER_PLAYER);
        }

        @Test
        void does_not_pay_for_connections_that_say_nothing() {
            for (int i = 0; i < 10; i++) {
                connects(gate, PLAYER, "");
            }
            connects(gate, PLAYER, LOGIN);
            assertThat(served).containsExactly("login " + PLAYER);
        }
    }

    @Nested
    class Behind_a_load_balancer {

        private final ProxyConfig.Builder settings = ProxyConfig.builder()
                .receiveProxyProtocol(new ReceiveProxyProtocol(Presence.REQUIRED, set(BALANCER)))
                .ipFilter(new IpFilter(AddressSet.empty(), set(OTHER_PLAYER)))
                .rateLimit(new RateLimit(true, 1, Duration.ofSeconds(10), 1, Duration.ofSeconds(10)));

        private AddressedChannel connects(String from, String header, String hex) {
            byte[] text = header.getBytes(StandardCharsets.US_ASCII);
            ByteBuf all = Unpooled.wrappedBuffer(text, HexFormat.of().parseHex(hex));
            byte[] bytes = new byte[all.readableBytes()];
            all.readBytes(bytes);
            return AdmissionTest.this.connects(gate, from, bytes);
        }

        private static String of(String player) {
            return "PROXY TCP4 " + player + " 192.0.2.9 1111 25565\r\n";
        }

        private Gate gate = gate(settings);

        @Test
        void the_client_is_who_the_header_says() {
            connects(BALANCER, of(PLAYER), PING);
            assertThat(served).containsExactly("status " + PLAYER);
        }

        @Test
        void limits_hold_for_the_client_and_not_for_the_balancer() {
            connects(BALANCER, of(PLAYER), LOGIN);
            assertThat(told(connects(BALANCER, of(PLAYER), LOGIN))).contains("too often");
            connects(BALANCER, of("203.0.113.9"), LOGIN);
            assertThat(served).containsExactly("login " + PLAYER, "login 203.0.113.9");
            assertThat(counters.refusedLast(Refusal.LOGIN_RATE)).contains(InetAddress.ofLiteral(PLAYER));
        }

        @Test
        void the_filter_holds_for_the_client() {
            isClosedWithoutAWord(connects(BALANCER, of(OTHER_PLAYER), LOGIN));
            assertThat(counters.refusedSoFar(Refusal.IP_FILTER)).isEqualTo(1);
            assertThat(served).isEmpty();
        }

        @Test
        void a_header_of_somebody_else_is_not_believed() {
            isClosedWithoutAWord(connects("203.0.113.66", of(PLAYER), LOGIN));
            assertThat(counters.refusedSoFar(Refusal.PROXY_HEADER_UNTRUSTED)).isEqualTo(1);
            assertThat(counters.refusedLast(Refusal.PROXY_HEADER_UNTRUSTED))
                    .contains(InetAddress.ofLiteral("203.0.113.66"));
            assertThat(served).isEmpty();
        }

        @Test
        void a_connection_without_a_header_is_closed_without_a_word() {
            isClosedWithoutAWord(connects(BALANCER, "", PING));
            assertThat(counters.refusedSoFar(Refusal.PROXY_HEADER_MISSING)).isEqualTo(1);
        }

        @Test
        void a_header_that_is_none_is_counted_as_that() {
            isClosedWithoutAWord(connects(BALANCER, "PROXY TCP4 all of us\r\n", PING));
            assertThat(counters.refusedSoFar(Refusal.PROXY_HEADER_MALFORMED)).isEqualTo(1);
        }

        @Test
        void everybody_is_believed_where_the_operator_names_nobody() {
            gate = gate(settings.receiveProxyProtocol(new ReceiveProxyProtocol(Presence.REQUIRED, AddressSet.empty())));
            connects("203.0.113.66", of(PLAYER), PING);
            assertThat(served).containsExactly("status " + PLAYER);
        }

        @Test
        void others_may_connect_without_a_header_where_it_is_optional_and_are_not_believed_with_one() {
            gate = gate(settings.receiveProxyProtocol(new ReceiveProxyProtocol(Presence.OPTIONAL, set(BALANCER))));
            connects(BALANCER, of(PLAYER), PING);
            connects("203.0.113.66", "", PING);
            isClosedWithoutAWord(connects("203.0.113.67", of("203.0.113.68"), PING));
            assertThat(served).containsExactly("status " + PLAYER, "status 203.0.113.66");
        }
    }

    @Test
    void what_is_switched_on_is_said_in_a_line_each() {
        assertThat(Admission.of(ProxyConfig.defaults(), LoopbackProxy.noFilters(), clock::nanoTime)
                        .describe())
                .isEmpty();
        ProxyConfig all = ProxyConfig.builder()
                .receiveProxyProtocol(new ReceiveProxyProtocol(Presence.REQUIRED, set(BALANCER)))
                .ipFilter(new IpFilter(AddressSet.empty(), set(PLAYER, OTHER_PLAYER)))
                .rateLimit(new RateLimit(true, 3, Duration.ofSeconds(10), 300, Duration.ofSeconds(10)))
                .build();
        assertThat(Admission.of(all, LoopbackProxy.noFilters(), clock::nanoTime).describe())
                .containsExactly(
                        "PROXY protocol: every connection needs a header, of [10.0.0.1/32]",
                        "IP filter: all allowed, 2 blocked",
                        "Limits per address: 3 logins in 10s, 300 pings in 10s");
    }

    @Nested
    class Another_configuration {

        private final ProxyConfig.Builder limited = ProxyConfig.builder()
                .rateLimit(new RateLimit(true, 1, Duration.ofSeconds(10), 1, Duration.ofSeconds(10)));
        private final Admission admission = Admission.of(limited.build(), LoopbackProxy.noFilters(), clock::nanoTime);
        private final InetAddress address = InetAddress.getLoopbackAddress();

        @Test
        void goes_on_counting_where_the_limits_are_the_same() {
            assertThat(admission.login(address)).isEqualTo(AddressRate.Ruling.ALLOWED);
            admission.configure(
                    limited.ipFilter(new IpFilter(set("10.0.0.0/8"), set())).build());
            assertThat(admission.login(address)).isEqualTo(AddressRate.Ruling.REFUSED);
            assertThat(admission.admits(address)).isFalse();
        }

        @Test
        void counts_anew_where_they_are_not() {
            assertThat(admission.ping(address)).isEqualTo(AddressRate.Ruling.ALLOWED);
            admission.configure(
                    limited.rateLimit(new RateLimit(true, 2, Duration.ofSeconds(10), 2, Duration.ofSeconds(10)))
                            .build());
            assertThat(admission.ping(address)).isEqualTo(AddressRate.Ruling.ALLOWED);
            admission.configure(ProxyConfig.defaults());
            assertThat(admission.ping(address)).isEqualTo(AddressRate.Ruling.ALLOWED);
        }
    }
}
