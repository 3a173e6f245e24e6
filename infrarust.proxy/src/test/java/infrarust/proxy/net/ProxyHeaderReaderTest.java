package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.net.ProxyHeaderReader.Fault;
import infrarust.proxy.net.ProxyHeaderReader.Rules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderReaderTest {

    /** 1.20.1, host "a", port 25565, status; and the question. */
    private static final byte[] PING = HexFormat.of().parseHex("0800fb05016163dd010100");

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String TRUSTED = "10.0.0.1";
    private static final String STRANGER = "203.0.113.7";

    private final StandingClock clock = new StandingClock();
    private final List<Peer> peers = new ArrayList<>();

    @AfterEach
    void nothing_is_left_behind() {
        for (Peer peer : peers) {
            peer.channel.finishAndReleaseAll();
            assertThat(peer.scope.deadlines().isEmpty()).isTrue();
        }
    }

    private Peer required(String from) {
        return new Peer(from, true);
    }

    private Peer optional(String from) {
        return new Peer(from, false);
    }

    /** A connection, and what became of it. */
    private final class Peer implements ProxyHeaderReader.Outcome {

        final AddressedChannel channel;
        final LoopScope scope;
        final List<Fault> faults = new ArrayList<>();
        final List<Endpoints> accepted = new ArrayList<>();
        final StringBuilder rest = new StringBuilder();

        Peer(String from, boolean required) {
            channel = new AddressedChannel(from);
            channel.config().setAutoRead(false);
            scope = clock.scope(channel.eventLoop());
            var rules = new Rules(required, address -> address.getHostAddress().equals(TRUSTED));
            channel.pipeline().addLast(new ProxyHeaderReader(channel, channel.ends(), scope, rules, this));
            peers.add(this);
        }

        Peer sends(byte[]... pieces) {
            for (byte[] piece : pieces) {
                if (channel.isOpen()) {
                    channel.writeInbound(channel.alloc().buffer().writeBytes(piece));
                }
            }
            return this;
        }

        /** All of it, in pieces of that size. */
        Peer sendsInPieces(byte[] bytes, int size) {
            ByteBuf all = Unpooled.wrappedBuffer(bytes);
            while (all.isReadable()) {
                sends(ByteBufUtil.getBytes(all.readSlice(Math.min(size, all.readableBytes()))));
            }
            return this;
        }

        @Override
        public ChannelHandler accepted(Endpoints ends) {
            accepted.add(ends);
            return new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    var bytes = (ByteBuf) message;
                    rest.append(ByteBufUtil.hexDump(bytes));
                    bytes.release();
                }
            };
        }

        @Override
        public void refused(Fault fault) {
            faults.add(fault);
        }

        void isServedAs(String client, int port) {
            assertThat(faults).isEmpty();
            assertThat(accepted).hasSize(1);
            assertThat(accepted.getFirst().client()).isEqualTo(new InetSocketAddress(client, port));
            assertThat(rest).hasToString(HexFormat.of().formatHex(PING));
            assertThat(channel.isOpen()).isTrue();
            assertThat(channel.pipeline().names()).hasSize(2); // the next handler and Netty's tail
            assertThat(scope.deadlines().isEmpty()).isTrue();
        }

        void isClosedFor(Fault fault) {
            assertThat(faults).containsExactly(fault);
            assertThat(accepted).isEmpty();
            assertThat(channel.isOpen()).isFalse();
            Object said = channel.readOutbound();
            assertThat(said).isNull();
        }
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] binary(String hex) {
        return HexFormat.of().parseHex(SIGNATURE + hex);
    }

    private static byte[] with(byte[] header, byte[] rest) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(header, rest));
    }

    @Nested
    class A_header_of_a_trusted_peer {

        @ParameterizedTest
        @CsvSource({
            "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443,192.168.0.1,56324",
            "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535,255.255.255.255,65535",
            "PROXY TCP6 2001:db8::1 ::1 1 2,2001:db8::1,1",
            "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535,"
                    + "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,65535",
            "PROXY TCP6 ::ffff:192.168.0.1 ::1 1 2,192.168.0.1,1",
            "PROXY UNKNOWN,10.0.0.1,40000",
            "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535,"
                    + "10.0.0.1,40000"
        })
        void of_version_1_says_who_the_client_is(String line, String client, int port) {
            for (int size = 1; size <= 120; size += size < 20 ? 1 : 10) {
                required(TRUSTED).sendsInPieces(with(line(line), PING), size).isServedAs(client, port);
            }
            optional(TRUSTED).sends(line(line), PING).isServedAs(client, port);
        }

        @ParameterizedTest
        @CsvSource({
            "2111000cc0a80001c0a8000bdc0401bb,192.168.0.1,56324",
            "2121002420010db8000000000000000000000001000000000000000000000000000000010001ffff,2001:db8::1,1",
            "2121002400000000000000000000ffffc0a8000120010db800000000000000000000000100010002,192.168.0.1,1",
            // with extras: an authority, an unknown one, and CRC32C
            "21110022c0a80001c0a8000bdc0401bb" + "0200066d632e657867" + "ee0003010203" + "030004deadbeef"
                    + ",192.168.0.1,56324",
            // for a health check, and for a peer that is not known; whatever else they bring is skipped
            "20000000,10.0.0.1,40000",
            "20110004c0a80001,10.0.0.1,40000",
            "21000003aabbcc,10.0.0.1,40000"
        })
        void of_version_2_says_who_the_client_is(String hex, String client, int port) {
            for (int size = 1; size <= 80; size += size < 30 ? 1 : 10) {
                required(TRUSTED).sendsInPieces(with(binary(hex), PING), size).isServedAs(client, port);
            }
            optional(TRUSTED).sends(binary(hex), PING).isServedAs(client, port);
        }

        @Test
        void says_where_the_client_connected_to() {
            Peer peer = required(TRUSTED).sends(line("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443"));
            assertThat(peer.accepted.getFirst().proxy()).isEqualTo(new InetSocketAddress("192.168.0.11", 443));
            peer = required(TRUSTED).sends(line("PROXY UNKNOWN"));
            assertThat(peer.accepted.getFirst().proxy()).isEqualTo(AddressedChannel.PROXY);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "PROXY TCP4 192.168.0.1 192.168.0.11 56324",
                    "PROXY TCP4 192.168.0.1 192.168.0.11 56324 70000",
                    "PROXY TCP4 192.168.0.256 192.168.0.11 1 1",
                    "PROXY TCP4 ::1 ::1 1 1",
                    "PROXY TCP6 192.168.0.1 192.168.0.11 1 1",
                    "PROXY TCP4 example.com 192.168.0.11 1 1",
                    "PROXY UDP4 192.168.0.1 192.168.0.11 1 1",
                    "PROXY UNIX_STREAM a b 0 0",
                    "PROXY",
                    "PRIXY TCP4 192.168.0.1 192.168.0.11 1 1"
                })
        void of_version_1_that_is_wrong_ends_the_connection(String line) {
            required(TRUSTED).sends(line(line), PING).isClosedFor(Fault.MALFORMED);
            optional(TRUSTED).sends(with(line(line), PING)).isClosedFor(Fault.MALFORMED);
            required(TRUSTED).sendsInPieces(with(line(line), PING), 3).isClosedFor(Fault.MALFORMED);
        }

        @Test
        void of_version_1_that_does_not_end_is_given_up_at_its_longest() {
            byte[] endless = "PROXY TCP4 1".repeat(20).getBytes(StandardCharsets.US_ASCII);
            required(TRUSTED).sends(endless).isClosedFor(Fault.MALFORMED);
            required(TRUSTED).sendsInPieces(endless, 5).isClosedFor(Fault.MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1111000cc0a80001c0a8000bdc0401bb", // version 1 in bytes
                    "2211000cc0a80001c0a8000bdc0401bb", // an unknown command
                    "2112000cc0a80001c0a8000bdc0401bb", // UDP
                    "2113000cc0a80001c0a8000bdc0401bb", // neither TCP nor UDP
                    "2141000cc0a80001c0a8000bdc0401bb", // an unknown family
                    "2111000bc0a80001c0a8000bdc0401", // too short for IPv4
                    "2121000cc0a80001c0a8000bdc0401bb", // too short for IPv6
                    "21110010c0a80001c0a8000bdc0401bb20000100", // an extra of TLS that is cut off
                })
        void of_version_2_that_is_wrong_ends_the_connection(String hex) {
            required(TRUSTED).sends(binary(hex), PING).isClosedFor(Fault.MALFORMED);
            optional(TRUSTED).sends(with(binary(hex), PING)).isClosedFor(Fault.MALFORMED);
        }

        @Test
        void of_a_local_socket_is_none_of_the_internet() {
            required(TRUSTED).sends(binary("213100d8" + "00".repeat(216)), PING).isClosedFor(Fault.MALFORMED);
        }

        @Test
        void of_version_2_may_not_announce_more_than_is_kept() {
            required(TRUSTED).sends(binary("2111ffff"), new byte[5000]).isClosedFor(Fault.MALFORMED);
        }

        @Test
        void of_any_noise_ends_the_connection_or_says_something() {
            var random = new Random(4711);
            for (int i = 0; i < 500; i++) {
                byte[] noise = new byte[random.nextInt(300)];
                random.nextBytes(noise);
                byte[] start = random.nextBoolean() ? binary("2111") : line("PROXY TCP4 1.2.3.4 5.6.7.8 1 2");
                System.arraycopy(start, 0, noise, 0, Math.min(noise.length, random.nextInt(start.length + 1)));
                Peer peer = required(TRUSTED).sendsInPieces(noise, 1 + random.nextInt(100));
                clock.advance(ProxyHeaderReader.TIME);
                peer.scope.deadlines().sweep();
                assertThat(peer.faults.size() + peer.accepted.size()).isEqualTo(1);
            }
        }
    }

    @Nested
    class A_connection_without_a_header {

        @Test
        void is_closed_without_a_word_where_one_is_required() {
            required(TRUSTED).sends(PING).isClosedFor(Fault.MISSING);
            required(TRUSTED).sendsInPieces(PING, 1).isClosedFor(Fault.MISSING);
            required(TRUSTED).sends(HexFormat.of().parseHex("fe")).isClosedFor(Fault.MISSING);
        }

        @Test
        void is_served_where_headers_are_optional() {
            for (int size = 1; size <= PING.length; size++) {
                optional(TRUSTED).sendsInPieces(PING, size).isServedAs(TRUSTED, 40000);
                optional(STRANGER).sendsInPieces(PING, size).isServedAs(STRANGER, 40000);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"50", "0d"})
        void is_served_even_when_its_handshake_has_the_length_of_a_headers_first_byte(String length) {
            byte[] handshake = HexFormat.of().parseHex(length + "00fb05");
            Peer peer = optional(STRANGER).sendsInPieces(handshake, 1);
            assertThat(peer.faults).isEmpty();
            assertThat(peer.rest).hasToString(length + "00fb05");
        }
    }

    @Nested
    class A_peer_that_is_not_trusted {

        @Test
        void is_not_believed() {
            optional(STRANGER)
                    .sends(line("PROXY TCP4 10.0.0.1 192.168.0.11 56324 443"), PING)
                    .isClosedFor(Fault.UNTRUSTED);
            optional(STRANGER)
                    .sendsInPieces(binary("2111000cc0a80001c0a8000bdc0401bb"), 1)
                    .isClosedFor(Fault.UNTRUSTED);
        }

        @Test
        void is_closed_at_once_where_headers_are_required() {
            required(STRANGER).isClosedFor(Fault.UNTRUSTED);
        }
    }

    @Nested
    class A_peer_that_is_slow {

        private void is_closed_in_time(Peer peer) {
            clock.advance(ProxyHeaderReader.TIME.minusMillis(1));
            peer.scope.deadlines().sweep();
            assertThat(peer.channel.isOpen()).isTrue();
            clock.advance(Duration.ofMillis(1));
            peer.scope.deadlines().sweep();
            peer.isClosedFor(Fault.TOO_SLOW);
        }

        @Test
        void is_given_up_when_it_says_nothing() {
            is_closed_in_time(required(TRUSTED));
            is_closed_in_time(optional(STRANGER));
        }

        @Test
        void is_given_up_in_the_middle_of_its_header() {
            is_closed_in_time(optional(TRUSTED).sends(HexFormat.of().parseHex("0d")));
            is_closed_in_time(required(TRUSTED).sends(binary("2111000cc0a8")));
            is_closed_in_time(required(TRUSTED).sends("PROXY TCP4 1.2.3.4 ".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void a_peer_that_hangs_up_before_the_header_is_no_fault() {
        Peer peer = required(TRUSTED);
        peer.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(peer.channel.isOpen()).isFalse();
        assertThat(peer.faults).isEmpty();
    }
}
