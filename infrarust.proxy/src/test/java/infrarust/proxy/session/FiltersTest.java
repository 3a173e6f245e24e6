package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.EventPriority;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.filter.CodecFilter;
import infrarust.api.filter.CodecFilterFactory;
import infrarust.api.filter.CodecSession;
import infrarust.api.filter.FilterRegistration;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.Filters;
import infrarust.api.filter.Frame;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketState;
import infrarust.api.filter.PacketWriter;
import infrarust.api.filter.RawPacket;
import infrarust.api.filter.Verdict;
import infrarust.api.player.ConnectionResult;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.session.TwoServers.Bob;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {

    private static final int NEWEST = 777;
    /** Ids that no version names: of packets that filters want, and of what they make of them. */
    private static final int WANTED = 0x6001;

    private static final int MADE = 0x6002;
    private static final PacketInterest ONLY_WANTED = PacketInterest.ids(PacketState.PLAY, WANTED);

    private static final int PASS = 0;
    private static final int DROP = 1;
    private static final int REPLACE = 2;
    private static final int SURROUND = 3;
    private static final int ALONE = 4;
    private static final int THROW = 5;
    private static final int READ_TOO_FAR = 6;
    private static final int INJECT_AND_THROW = 7;

    private TwoServers proxy;
    private Filters filters;

    @BeforeEach
    void start() throws IOException {
        start(OptionalInt.empty());
    }

    private void start(OptionalInt threshold) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        proxy = new TwoServers(threshold, server -> server);
        filters = proxy.filters.of("test");
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    static IntStream protocols() {
        return TwoServers.PACKETS.versions().stream().mapToInt(ProtocolVersion::number);
    }

    /** A filter that does what the first byte of a packet says. */
    private record Obedient(PacketInterest interest) implements CodecFilter {

        @Override
        public Verdict filter(Frame frame) {
            int length = frame.length();
            return switch (frame.readByte()) {
                case DROP -> Verdict.drop();
                case REPLACE -> Verdict.replace(new RawPacket(MADE, body('r', length)));
                case SURROUND -> {
                    frame.injectBefore(new RawPacket(MADE, body('b', length)));
                    frame.injectAfter(new RawPacket(MADE, body('a', length)));
                    yield Verdict.pass();
                }
                case ALONE -> {
                    frame.injectBefore(new RawPacket(MADE, body('b', length)));
                    frame.injectAfter(new RawPacket(MADE, body('a', length)));
                    yield Verdict.drop();
                }
                case THROW -> throw new IllegalStateException("I was told to");
                case READ_TOO_FAR -> {
                    frame.skip(length);
                    yield Verdict.pass();
                }
                case INJECT_AND_THROW -> {
                    frame.injectBefore(new RawPacket(MADE, body('b', length)));
                    throw new IllegalStateException("I was told to");
                }
                default -> Verdict.pass();
            };
        }
    }

    private static byte[] body(int first, int length) {
        byte[] body = new byte[length];
        body[0] = (byte) first;
        return body;
    }

    private FilterRegistration obedient() {
        return filters.codec(FilterSpec.of("obedient"), session -> Optional.of(new Obedient(ONLY_WANTED)));
    }

    /** Sends one of each kind from one end, and finds at the other what the filter has made of them. */
    private static void assertObeyed(PacketSocket from, PacketSocket to, int length) throws IOException {
        from.send(WANTED, body(DROP, length));
        from.send(WANTED, body(REPLACE, length));
        from.send(WANTED, body(SURROUND, length));
        from.send(TwoServers.OPAQUE, body(9, length));
        from.send(WANTED, body(ALONE, length));
        from.send(WANTED, body(PASS, length));
        assertThat(Wire.readRest(to.expect(MADE))).isEqualTo(body('r', length));
        assertThat(Wire.readRest(to.expect(MADE))).isEqualTo(body('b', length));
        assertThat(Wire.readRest(to.expect(WANTED))).isEqualTo(body(SURROUND, length));
        assertThat(Wire.readRest(to.expect(MADE))).isEqualTo(body('a', length));
        assertThat(Wire.readRest(to.expect(TwoServers.OPAQUE))).isEqualTo(body(9, length));
        assertThat(Wire.readRest(to.expect(MADE))).isEqualTo(body('b', length));
        assertThat(Wire.readRest(to.expect(MADE))).isEqualTo(body('a', length));
        assertThat(Wire.readRest(to.expect(WANTED))).isEqualTo(body(PASS, length));
    }

    private static void assertObeyed(Bob bob) throws IOException {
        for (int length : new int[] {1, 100, 3000, 100_000}) {
            assertObeyed(bob.client, bob.server, length);
            assertObeyed(bob.server, bob.client, length);
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void in_every_version_packets_of_both_directions_are_dropped_replaced_and_joined_by_others(int protocol)
            throws Exception {
        obedient();
        try (Bob bob = proxy.new Bob(protocol, 256)) {
            assertObeyed(bob);
            bob.playsOn();
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,-1", "0,0", "64,64", "256,64", "64,2048", "-1,256", "256,-1"})
    void whatever_the_compression_of_both_sides(int ofServer, int ofClient) throws Exception {
        start(OptionalInt.of(ofClient));
        obedient();
        for (int protocol : new int[] {47, 340, 763, 765, NEWEST}) {
            try (Bob bob = proxy.new Bob(protocol, ofServer, ofClient)) {
                assertObeyed(bob);
                bob.playsOn();
            }
        }
    }

    @Test
    void a_packet_that_passes_leaves_as_the_bytes_that_came() throws Exception {
        var seen = new LinkedBlockingQueue<Integer>();
        filters.codec(
                FilterSpec.of("looks"),
                session -> Optional.of(frame -> {
                    if (frame.id() == WANTED) {
                        seen.add(frame.length());
                    }
                    return Verdict.pass();
                }));
        try (Bob bob = proxy.new Bob(NEWEST, 256)) {
            byte[] frame = unusual(2000);
            bob.client.sendRaw(frame);
            assertThat(bob.server.readFrame()).isEqualTo(Arrays.copyOfRange(frame, 1, frame.length));
            bob.server.sendRaw(frame);
            assertThat(bob.client.readFrame()).isEqualTo(Arrays.copyOfRange(frame, 1, frame.length));
            assertThat(seen).containsExactly(2000, 2000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64})
    void packets_that_arrive_in_pieces_are_filtered_when_they_are_whole(int threshold) throws Exception {
        obedient();
        filters.codec(FilterSpec.of("all"), session -> Optional.of(frame -> Verdict.pass()));
        try (Bob bob = proxy.new Bob(765, threshold)) {
            for (int kind : new int[] {SURROUND, REPLACE, DROP, PASS}) {
                ByteBuf packet = Unpooled.buffer();
                Wire.writeVarInt(packet, WANTED);
                byte[] frame = bob.client.frame(packet.writeBytes(body(kind, 70)));
                for (byte one : frame) {
                    bob.client.sendRaw(new byte[] {one}); // without delay: each is a segment of its own
                }
            }
            assertThat(Wire.readRest(bob.server.expect(MADE))).isEqualTo(body('b', 70));
            assertThat(Wire.readRest(bob.server.expect(WANTED))).isEqualTo(body(SURROUND, 70));
            assertThat(Wire.readRest(bob.server.expect(MADE))).isEqualTo(body('a', 70));
            assertThat(Wire.readRest(bob.server.expect(MADE))).isEqualTo(body('r', 70));
            assertThat(Wire.readRest(bob.server.expect(WANTED))).isEqualTo(body(PASS, 70));
            bob.playsOn();
        }
    }

    /** A frame as no proxy would make it: deflated on another level. */
    private static byte[] unusual(int length) {
        ByteBuf packet = Unpooled.buffer();
        Wire.writeVarInt(packet, WANTED);
        packet.writeBytes(new byte[length]);
        byte[] raw = Wire.readRest(packet);
        var deflater = new Deflater(1);
        deflater.setInput(raw);
        deflater.finish();
        byte[] deflated = new byte[200];
        int size = deflater.deflate(deflated);
        deflater.end();
        ByteBuf frame = Unpooled.buffer();
        Wire.writeVarInt(frame, raw.length);
        frame.writeBytes(deflated, 0, size);
        ByteBuf whole = Unpooled.buffer();
        Wire.writeVarInt(whole, frame.readableBytes());
        return Wire.readRest(whole.writeBytes(frame));
    }

    @Test
    void each_filter_sees_what_those_before_it_have_made_and_none_sees_what_they_inject() throws Exception {
        var second = new CopyOnWriteArrayList<String>();
        filters.codec(
                FilterSpec.of("second").after("first").withPriority(EventPriority.FIRST),
                session -> Optional.of(new Look(PacketInterest.ids(PacketState.PLAY, WANTED, MADE), frame -> {
                    second.add(frame.id() + ":" + (char) frame.at(0));
                    return Verdict.pass();
                })));
        filters.codec(FilterSpec.of("first"), session -> Optional.of(new Obedient(ONLY_WANTED)));
        try (Bob bob = proxy.new Bob(765, 64)) {
            assertObeyed(bob.client, bob.server, 10);
            assertThat(second).containsExactly(MADE + ":r", WANTED + ":" + (char) SURROUND, WANTED + ":" + (char) PASS);
        }
    }

    private record Look(PacketInterest interest, Function<Frame, Verdict> look) implements CodecFilter {
        @Override
        public Verdict filter(Frame frame) {
            return look.apply(frame);
        }
    }

    @Test
    void what_the_proxy_looks_for_itself_is_what_the_filters_have_left() throws Exception {
        // The client's chat becomes another packet, and one of the client another chat.
        filters.codec(FilterSpec.of("swaps"), session -> {
            if (session.direction() == PacketDirection.CLIENTBOUND) {
                return Optional.empty();
            }
            int information =
                    session.packetId(PacketState.PLAY, "client_information").orElseThrow();
            return Optional.of(new Look(
                    ONLY_WANTED.and(PacketInterest.names(PacketState.PLAY, "client_information")),
                    frame -> frame.id() == WANTED
                            ? Verdict.replace(new PacketWriter(information)
                                    .writeString("de_de")
                                    .packet())
                            : Verdict.drop()));
        });
        try (Bob bob = proxy.new Bob(765)) {
            int changes = ((SessionPlayer) bob.player).session().memory().changes();
            bob.client.send(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION, (byte) 0);
            bob.client.send(WANTED, (byte) 0);
            assertThat(bob.server
                            .expect(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION)
                            .skipBytes(1)
                            .toString(StandardCharsets.UTF_8))
                    .isEqualTo("de_de");
            TwoServers.settle(bob.player);
            assertThat(((SessionPlayer) bob.player).session().memory().changes())
                    .isEqualTo(changes + 1);
        }
    }

    /** Notes what becomes of the filters of each side. */
    private static final class Diary implements CodecFilterFactory {

        private final BlockingQueue<String> ofClient = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> ofServers = new LinkedBlockingQueue<>();

        @Override
        public Optional<CodecFilter> create(CodecSession session) {
            boolean client = session.direction() == PacketDirection.SERVERBOUND;
            BlockingQueue<String> notes = client ? ofClient : ofServers;
            String name = session.server().orElse("client");
            notes.add(name + " begins in " + session.state() + " with " + session.compressionThreshold());
            return Optional.of(new CodecFilter() {
                @Override
                public Verdict filter(Frame frame) {
                    return Verdict.pass();
                }

                @Override
                public void stateChanged(PacketState state) {
                    assertThat(session.state()).isEqualTo(state);
                    notes.add(name + " " + state);
                }

                @Override
                public void closed() {
                    notes.add(name + " closed");
                }
            });
        }

        private static void expect(BlockingQueue<String> notes, String... expected) throws InterruptedException {
            for (String one : expected) {
                assertThat(notes.poll(10, TimeUnit.SECONDS)).isEqualTo(one);
            }
        }
    }

    @Nested
    class On_the_way_through_servers_and_limbo {

        private final Diary diary = new Diary();

        @Test
        void the_client_keeps_its_filter_and_each_server_gets_its_own() throws Exception {
            filters.codec(FilterSpec.of("diary"), diary);
            try (Bob bob = proxy.new Bob(NEWEST, 256)) {
                Diary.expect(diary.ofClient, "client begins in LOGIN with 256", "client CONFIGURATION", "client PLAY");
                Diary.expect(diary.ofServers, "lobby begins in CONFIGURATION with 256", "lobby PLAY");
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, 64), "x");
                TwoServers.result(wish);
                Diary.expect(diary.ofClient, "client CONFIGURATION", "client PLAY");
                List<String> both = List.of(
                        String.valueOf(diary.ofServers.poll(10, TimeUnit.SECONDS)),
                        String.valueOf(diary.ofServers.poll(10, TimeUnit.SECONDS)),
                        String.valueOf(diary.ofServers.poll(10, TimeUnit.SECONDS)));
                assertThat(both)
                        .containsExactlyInAnyOrder(
                                "lobby closed", "games begins in CONFIGURATION with 64", "games PLAY");

                bob.player.connect(ServerConfig.LIMBO_ID);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                Diary.expect(diary.ofServers, "games closed");
                Diary.expect(diary.ofClient, "client CONFIGURATION");
                bob.client.close();
                Diary.expect(diary.ofClient, "client closed");
            }
            assertThat(diary.ofClient).isEmpty();
            assertThat(diary.ofServers).isEmpty();
        }

        @Test
        void nothing_is_left_of_those_who_have_left() throws Exception {
            var left = new LinkedBlockingQueue<DisconnectEvent>();
            proxy.bus.subscribe(DisconnectEvent.class, left::add);
            filters.codec(FilterSpec.of("diary"), diary);
            for (int protocol : new int[] {47, 340, 765, NEWEST}) {
                try (Bob bob = proxy.new Bob(protocol, 64)) {
                    var wish = bob.player.connect("games");
                    bob.goes(bob.letInto(proxy.games, -1), "x");
                    TwoServers.result(wish);
                    assertThat(proxy.filters.codecs().open()).isBetween(2, 3);
                }
                assertThat(left.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            proxy.close(); // the last connections end with their loop at the latest
            assertThat(proxy.filters.codecs().open()).isZero();
        }

        @ParameterizedTest
        @ValueSource(ints = {47, 340, 763})
        void versions_without_configuration_are_in_the_game_from_the_beginning(int protocol) throws Exception {
            filters.codec(FilterSpec.of("diary"), diary);
            try (Bob bob = proxy.new Bob(protocol)) {
                bob.playsOn();
                Diary.expect(diary.ofClient, "client begins in PLAY with -1");
                Diary.expect(diary.ofServers, "lobby begins in PLAY with -1");
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                TwoServers.result(wish);
                Diary.expect(diary.ofServers, "games begins in PLAY with -1", "lobby closed");
            }
            Diary.expect(diary.ofClient, "client closed");
            Diary.expect(diary.ofServers, "games closed");
        }

        @Test
        void the_first_frame_of_a_further_server_meets_its_filter() throws Exception {
            filters.codec(
                    FilterSpec.of("obedient"),
                    session -> session.direction() == PacketDirection.SERVERBOUND
                            ? Optional.empty()
                            : Optional.of(new Obedient(PacketInterest.ids(PacketState.CONFIGURATION, WANTED))));
            try (Bob bob = proxy.new Bob(765)) {
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, 256);
                games.send(WANTED, body(SURROUND, 400));
                games.send(WANTED, body(DROP, 400));
                games.send(WANTED, body(REPLACE, 400));
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                assertThat(Wire.readRest(bob.client.expect(MADE))).isEqualTo(body('b', 400));
                assertThat(Wire.readRest(bob.client.expect(WANTED))).isEqualTo(body(SURROUND, 400));
                assertThat(Wire.readRest(bob.client.expect(MADE))).isEqualTo(body('a', 400));
                assertThat(Wire.readRest(bob.client.expect(MADE))).isEqualTo(body('r', 400));
            }
        }

        @Test
        void a_login_into_the_limbo_has_a_filter_for_the_client_alone() throws Exception {
            filters.codec(FilterSpec.of("diary"), diary);
            proxy.bus.subscribe(
                    PlayerChooseInitialServerEvent.class,
                    event -> event.setResult(new PlayerChooseInitialServerEvent.Result.SendToLimbo()));
            try (var client = proxy.dial(NEWEST)) {
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
                client.expect(LoginSuccess.LAYOUT);
                client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                Diary.expect(diary.ofClient, "client begins in LOGIN with 256", "client CONFIGURATION");
            }
            Diary.expect(diary.ofClient, "client closed");
            assertThat(diary.ofServers).isEmpty();
        }

        @Test
        void what_the_client_says_in_the_limbo_meets_its_filter() throws Exception {
            var seen = new LinkedBlockingQueue<String>();
            filters.codec(
                    FilterSpec.of("looks"),
                    session -> Optional.of(
                            new Look(PacketInterest.names(PacketState.CONFIGURATION, "plugin_message"), frame -> {
                                seen.add(frame.readString(100));
                                return Verdict.drop();
                            })));
            try (Bob bob = proxy.new Bob(NEWEST)) {
                bob.player.connect(ServerConfig.LIMBO_ID);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_PLUGIN_MESSAGE);
                ByteBuf message = Unpooled.buffer();
                Wire.writeString(message, "test:limbo");
                bob.client.send(PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE, Wire.readRest(message));
                assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("test:limbo");
            }
        }
    }

    @Nested
    class A_filter_that_fails {

        private final LogLines log = LogLines.of("infrarust.proxy.filter");

        @AfterEach
        void close() {
            log.close();
        }

        @ParameterizedTest
        @ValueSource(ints = {THROW, INJECT_AND_THROW})
        void is_left_out_of_that_side_of_that_connection_and_nowhere_else(int how) throws Exception {
            obedient();
            try (Bob bob = proxy.new Bob(765, 64)) {
                bob.client.send(WANTED, body(how, 100));
                assertThat(Wire.readRest(bob.server.expect(WANTED))).isEqualTo(body(how, 100));
                bob.client.send(WANTED, body(DROP, 100));
                bob.client.send(WANTED, body(THROW, 100));
                assertThat(Wire.readRest(bob.server.expect(WANTED))).isEqualTo(body(DROP, 100));
                assertThat(Wire.readRest(bob.server.expect(WANTED))).isEqualTo(body(THROW, 100));
                assertObeyed(bob.server, bob.client, 100);
                bob.playsOn();
            }
            assertThat(log.lines())
                    .containsExactly("WARN plugin 'test': filter 'obedient' failed; the packets of that side of that"
                            + " player's connection pass without it");
        }

        @Test
        void in_an_announcement_is_left_out_too() throws Exception {
            filters.codec(
                    FilterSpec.of("fragile"),
                    session -> Optional.of(new CodecFilter() {
                        @Override
                        public Verdict filter(Frame frame) {
                            return Verdict.drop();
                        }

                        @Override
                        public PacketInterest interest() {
                            return ONLY_WANTED;
                        }

                        @Override
                        public void stateChanged(PacketState state) {
                            throw new StackOverflowError("as deep as it gets");
                        }
                    }));
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, body(PASS, 1));
                bob.server.expect(WANTED);
            }
        }

        @Test
        void and_is_required_takes_the_player_with_it() throws Exception {
            filters.codec(FilterSpec.of("guard"), new CodecFilterFactory() {
                @Override
                public Optional<CodecFilter> create(CodecSession session) {
                    return Optional.of(new Obedient(ONLY_WANTED));
                }

                @Override
                public boolean required() {
                    return true;
                }
            });
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, body(PASS, 1));
                bob.server.expect(WANTED);
                bob.client.send(WANTED, body(THROW, 1));
                assertThat(bob.client
                                .expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)
                                .toString(StandardCharsets.UTF_8))
                        .contains("a required packet filter failed");
                assertThat(bob.server.isAtEnd()).isTrue();
            }
        }

        @Test
        void to_be_made_and_is_required_keeps_the_player_out() throws Exception {
            filters.codec(FilterSpec.of("guard"), new CodecFilterFactory() {
                @Override
                public Optional<CodecFilter> create(CodecSession session) {
                    throw new IllegalStateException("no");
                }

                @Override
                public boolean required() {
                    return true;
                }
            });
            var left = new LinkedBlockingQueue<DisconnectEvent>();
            proxy.bus.subscribe(DisconnectEvent.class, left::add);
            try (var client = proxy.dial(765)) {
                var server = TwoServers.accept(proxy.lobby, client.ids());
                TwoServers.welcome(server, -1);
                client.expect(LoginSuccess.LAYOUT);
                assertThat(client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)
                                .toString(StandardCharsets.UTF_8))
                        .contains("a required packet filter is not available");
                assertThat(server.isAtEnd()).isTrue();
                server.close();
            }
            DisconnectEvent end = left.poll(10, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            TwoServers.settle(end.player());
            assertThat(proxy.players.count()).isZero();
        }

        @Test
        void to_be_made_leaves_the_session_without_it() throws Exception {
            filters.codec(FilterSpec.of("broken"), session -> {
                throw new IllegalStateException("no");
            });
            try (Bob bob = proxy.new Bob(765)) {
                bob.playsOn();
            }
            assertThat(log.lines())
                    .contains("WARN plugin 'test': filter 'broken' cannot be made; the session goes without it");
        }

        @Test
        void because_a_client_sends_what_it_is_not_ends_that_client() throws Exception {
            obedientReader();
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, body(PASS, 1));
                assertThat(bob.client.isAtEnd()).isTrue();
                assertThat(proxy.refused(Refusal.MALFORMED)).isEqualTo(1);
            }
        }

        @Test
        void because_a_server_sends_what_it_is_not_lets_that_pass_and_stays() throws Exception {
            obedientReader();
            try (Bob bob = proxy.new Bob(765)) {
                bob.server.send(WANTED, body(PASS, 1));
                bob.client.expect(WANTED);
                bob.server.send(WANTED, body(PASS, 8));
                bob.server.send(WANTED, body(PASS, 1));
                bob.client.expect(WANTED);
            }
            assertThat(log.lines()).hasSize(1).first().asString().contains("filter 'reader' cannot read packet 0x6001");
        }

        private void obedientReader() {
            filters.codec(
                    FilterSpec.of("reader"),
                    session -> Optional.of(new Look(ONLY_WANTED, frame -> {
                        frame.readLong();
                        return Verdict.drop();
                    })));
        }

        @Test
        void by_replacing_with_too_much_is_left_out() throws Exception {
            filters.codec(
                    FilterSpec.of("huge"),
                    session -> Optional.of(new Look(
                            ONLY_WANTED,
                            frame -> Verdict.replace(new RawPacket(1, new byte[RawPacket.MAX_BODY + 1])))));
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, body(PASS, 1));
                bob.server.expect(WANTED);
                bob.playsOn();
            }
        }
    }

    @Test
    void the_longest_packet_that_may_be_sent_arrives_in_every_form() throws Exception {
        byte[] noise = new byte[RawPacket.MAX_BODY];
        new Random(1).nextBytes(noise);
        filters.codec(
                FilterSpec.of("huge"),
                session -> Optional.of(new Look(ONLY_WANTED, frame -> Verdict.replace(new RawPacket(MADE, noise)))));
        for (int threshold : new int[] {-1, 256}) {
            try (Bob bob = proxy.new Bob(765, threshold)) {
                bob.server.send(WANTED, body(PASS, 1));
                assertThat(Wire.readRest(bob.client.expect(MADE))).isEqualTo(noise);
            }
        }
    }

    @Nested
    class When_something_changes_while_players_play {

        @Test
        void a_filter_that_is_unregistered_is_gone_from_open_connections() throws Exception {
            var diary = new Diary();
            var obedient = obedient();
            var noted = filters.codec(FilterSpec.of("diary"), diary);
            try (Bob bob = proxy.new Bob(765, 256)) {
                assertObeyed(bob.client, bob.server, 10);
                obedient.unregister();
                noted.unregister();
                TwoServers.settle(bob.player);
                bob.client.send(WANTED, body(DROP, 10));
                assertThat(Wire.readRest(bob.server.expect(WANTED))).isEqualTo(body(DROP, 10));
                assertThat(diary.ofClient).contains("client closed");
                assertThat(diary.ofServers).contains("lobby closed");
                bob.playsOn();
            }
        }

        @Test
        void a_filter_that_is_registered_meets_later_clients_and_servers_only() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                obedient();
                TwoServers.settle(bob.player);
                bob.client.send(WANTED, body(DROP, 10));
                bob.server.expect(WANTED);
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                TwoServers.result(wish);
                bob.client.send(WANTED, body(DROP, 10));
                bob.server.expect(WANTED);
                assertObeyed(bob.server, bob.client, 10);
            }
        }

        @Test
        void a_filter_may_want_other_packets() throws Exception {
            var sessions = new LinkedBlockingQueue<CodecSession>();
            var wanted = new CopyOnWriteArrayList<>(List.of(PacketInterest.none()));
            filters.codec(FilterSpec.of("fickle"), session -> {
                sessions.add(session);
                return Optional.of(new CodecFilter() {
                    @Override
                    public Verdict filter(Frame frame) {
                        return Verdict.drop();
                    }

                    @Override
                    public PacketInterest interest() {
                        return wanted.getFirst();
                    }
                });
            });
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, body(1, 1));
                bob.server.expect(WANTED);
                wanted.set(0, ONLY_WANTED);
                sessions.forEach(CodecSession::interestChanged);
                TwoServers.settle(bob.player);
                bob.client.send(WANTED, body(2, 1));
                bob.playsOn();
            }
        }
    }

    @Nested
    class A_listener {

        @Test
        void hears_packets_by_their_names_of_players_who_play_already() throws Exception {
            try (Bob bob = proxy.new Bob(NEWEST)) {
                var heard = new LinkedBlockingQueue<String>();
                var subscription = filters.listen(
                        PacketDirection.CLIENTBOUND,
                        PacketInterest.names(PacketState.PLAY, "keep_alive"),
                        EventPriority.NORMAL,
                        (player, frame) -> {
                            heard.add(player.profile().username() + " " + frame.readLong());
                            return Verdict.drop();
                        });
                TwoServers.settle(bob.player);
                bob.server.send(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE, new byte[] {0, 0, 0, 0, 0, 0, 0, 7});
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("Bob 7");
                subscription.cancel();
                TwoServers.settle(bob.player);
                bob.server.send(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE, new byte[8]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE);
            }
        }

        @Test
        void stands_behind_the_filters_and_among_its_like_by_priority() throws Exception {
            var order = new CopyOnWriteArrayList<String>();
            listen("late", EventPriority.LATE, order);
            listen("first", EventPriority.FIRST, order);
            filters.codec(
                    FilterSpec.of("filter").withPriority(EventPriority.LAST),
                    session -> Optional.of(new Look(ONLY_WANTED, frame -> {
                        order.add("filter");
                        return Verdict.pass();
                    })));
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, (byte) 0);
                bob.server.expect(WANTED);
            }
            assertThat(order).containsExactly("filter", "first", "late");
        }

        private void listen(String name, EventPriority priority, List<String> order) {
            filters.listen(PacketDirection.SERVERBOUND, ONLY_WANTED, priority, (player, frame) -> {
                order.add(name);
                return Verdict.pass();
            });
        }

        @Test
        void that_fails_is_asked_again() throws Exception {
            var asked = new CopyOnWriteArrayList<Integer>();
            filters.listen(PacketDirection.SERVERBOUND, ONLY_WANTED, EventPriority.NORMAL, (player, frame) -> {
                asked.add(frame.length());
                throw new IllegalStateException("no");
            });
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, new byte[1]);
                bob.client.send(WANTED, new byte[2]);
                bob.server.expect(WANTED);
                bob.server.expect(WANTED);
            }
            assertThat(asked).containsExactly(1, 2);
        }

        @Test
        void of_a_name_that_there_is_not_is_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> filters.listen(
                            PacketDirection.CLIENTBOUND,
                            PacketInterest.names(PacketState.PLAY, "keep_alve"),
                            EventPriority.NORMAL,
                            (player, frame) -> Verdict.pass()))
                    .withMessageContaining("\"keep_alve\" in the state play; it knows ")
                    .withMessageContaining("keep_alive");
        }
    }

    @Nested
    class A_listener_that_takes_its_time {

        private final BlockingQueue<CompletableFuture<Verdict>> asked = new LinkedBlockingQueue<>();

        private void listen(PacketDirection direction) {
            filters.listenAsync(direction, ONLY_WANTED, EventPriority.NORMAL, (player, packet) -> {
                var answer = new CompletableFuture<Verdict>();
                asked.add(answer);
                return answer;
            });
        }

        @ParameterizedTest
        @CsvSource({"-1,-1", "256,256", "256,64"})
        void holds_back_what_comes_behind_and_nothing_else(int ofServer, int ofClient) throws Exception {
            start(OptionalInt.of(ofClient));
            listen(PacketDirection.SERVERBOUND);
            try (Bob bob = proxy.new Bob(765, ofServer, ofClient)) {
                bob.client.send(WANTED, body(1, 300));
                bob.client.send(TwoServers.OPAQUE, body(2, 300));
                bob.client.send(WANTED, body(3, 300));
                bob.client.send(TwoServers.OPAQUE, body(4, 300));
                CompletableFuture<Verdict> first = asked.poll(10, TimeUnit.SECONDS);
                // The other direction goes on.
                bob.server.send(TwoServers.OPAQUE, body(5, 300));
                bob.client.expect(TwoServers.OPAQUE);
                TwoServers.settle(bob.player);
                assertThat(asked).isEmpty();
                first.complete(Verdict.replace(new RawPacket(MADE, body('r', 300))));
                assertThat(Wire.readRest(bob.server.expect(MADE))).isEqualTo(body('r', 300));
                assertThat(Wire.readRest(bob.server.expect(TwoServers.OPAQUE))).isEqualTo(body(2, 300));
                CompletableFuture<Verdict> second = asked.poll(10, TimeUnit.SECONDS);
                bob.client.send(WANTED, body(6, 300));
                second.complete(Verdict.pass());
                assertThat(Wire.readRest(bob.server.expect(WANTED))).isEqualTo(body(3, 300));
                assertThat(Wire.readRest(bob.server.expect(TwoServers.OPAQUE))).isEqualTo(body(4, 300));
                asked.poll(10, TimeUnit.SECONDS).complete(Verdict.drop());
                bob.playsOn();
            }
        }

        @Test
        void is_not_waited_for_when_it_is_late() throws Exception {
            proxy.close();
            proxy = TwoServers.withoutTime(Duration.ofMinutes(5));
            filters = proxy.filters.of("test");
            listen(PacketDirection.CLIENTBOUND);
            try (Bob bob = proxy.new Bob(765)) {
                bob.server.send(WANTED, body(1, 10));
                bob.server.send(TwoServers.OPAQUE, body(2, 10));
                assertThat(asked.poll(10, TimeUnit.SECONDS)).isNotNull();
                proxy.pass(Duration.ofSeconds(9));
                TwoServers.settle(bob.player);
                proxy.pass(Duration.ofSeconds(2));
                assertThat(Wire.readRest(bob.client.expect(WANTED))).isEqualTo(body(1, 10));
                bob.client.expect(TwoServers.OPAQUE);
            }
        }

        @Test
        void may_think_while_the_player_is_taken_elsewhere() throws Exception {
            listen(PacketDirection.CLIENTBOUND);
            try (Bob bob = proxy.new Bob(765)) {
                bob.server.send(WANTED, body(1, 10));
                CompletableFuture<Verdict> late = asked.poll(10, TimeUnit.SECONDS);
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                TwoServers.result(wish);
                late.complete(Verdict.pass());
                bob.playsOn();
            }
        }

        @Test
        void may_think_while_the_player_leaves() throws Exception {
            listen(PacketDirection.SERVERBOUND);
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, body(1, 10));
                CompletableFuture<Verdict> late = asked.poll(10, TimeUnit.SECONDS);
                bob.client.close();
                assertThat(bob.server.isAtEnd()).isTrue();
                late.complete(Verdict.pass());
            }
        }

        @Test
        void may_think_about_the_last_words_of_a_server() throws Exception {
            listen(PacketDirection.CLIENTBOUND);
            try (Bob bob = proxy.new Bob(765)) {
                bob.server.send(WANTED, body(1, 10));
                bob.server.send(TwoServers.OPAQUE, body(2, 10));
                CompletableFuture<Verdict> late = asked.poll(10, TimeUnit.SECONDS);
                bob.server.close();
                TwoServers.settle(bob.player);
                late.complete(Verdict.pass());
                bob.client.expect(WANTED);
                bob.client.expect(TwoServers.OPAQUE);
                assertThat(bob.client
                                .expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)
                                .toString(StandardCharsets.UTF_8))
                        .contains("lobby is gone");
            }
        }

        @Test
        void is_not_waited_for_when_it_is_gone() throws Exception {
            var subscription = filters.listenAsync(
                    PacketDirection.SERVERBOUND, ONLY_WANTED, EventPriority.NORMAL, (player, packet) -> {
                        asked.add(new CompletableFuture<>());
                        return new CompletableFuture<>();
                    });
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(WANTED, body(1, 10));
                assertThat(asked.poll(10, TimeUnit.SECONDS)).isNotNull();
                subscription.cancel();
                bob.server.expect(WANTED);
                bob.playsOn();
            }
        }

        @Test
        void about_the_start_of_the_game_holds_back_what_follows_from_it() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                filters.listenAsync(
                        PacketDirection.CLIENTBOUND,
                        PacketInterest.names(PacketState.PLAY, "join_game"),
                        EventPriority.NORMAL,
                        (player, packet) -> CompletableFuture.completedFuture(Verdict.pass()));
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            }
        }
    }
}
