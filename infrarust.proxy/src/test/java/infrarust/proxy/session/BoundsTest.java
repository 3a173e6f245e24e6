package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.player.Delivery;
import infrarust.api.player.Player;
import infrarust.proxy.config.PacketLimits;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.Timeouts;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.net.LoopScope;
import infrarust.proxy.net.Transport;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a client or a server may not do in a session, over real sockets and with short times. */
class BoundsTest {

    private static final PacketTable PACKETS = PacketTable.load();
    private static final int PROTOCOL = 340;
    private static final int CONFIGURING = 765;
    /** An id that no version names, for packets that nobody reads. */
    private static final int OPAQUE = 0x7000;

    private static final int BOMB = 1_500_000;

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final OnlinePlayers players = new OnlinePlayers();
    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final BlockingQueue<LimboClient> limbo = new LinkedBlockingQueue<>();
    private Timeouts timeouts = new Timeouts(LONG, LONG, LONG);
    private PacketLimits limits = PacketLimits.defaults();
    private OptionalInt threshold = OptionalInt.empty();
    private boolean intoLimbo;
    private ServerSocket listening;
    private LoopbackProxy proxy;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        listening.close();
        clock.close();
    }

    private PacketSocket dial(int protocol) throws IOException {
        var server = ServerConfig.builder("lobby")
                .domains("*")
                .proxyMode(ProxyMode.OFFLINE)
                .timeouts(timeouts)
                .disconnectMessage("gone fishing");
        if (!intoLimbo) {
            server.addresses("127.0.0.1:" + listening.getLocalPort());
        }
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.builder()
                                .packetLimits(limits)
                                .compressionThreshold(threshold)
                                .build(),
                        server.build()),
                (network, backends) -> OnlySessions.rooms(
                        backends,
                        events,
                        players,
                        limbo::add,
                        FakeSessionServer.unused(),
                        new Forwardings(Optional.empty(), () -> 0)));
        var client = new PacketSocket(proxy.connect(), PACKETS.ids(protocol));
        client.send(Handshake.LAYOUT, new Handshake(protocol, "play.example.org", 25565, Handshake.LOGIN));
        client.send(LoginStart.LAYOUT, new LoginStart("Bob", Optional.empty(), Optional.of(new UUID(1, 2))));
        return client;
    }

    private PacketSocket accept(PacketSocket client) throws IOException {
        var server = new PacketSocket(listening.accept(), client.ids());
        server.expect(Handshake.LAYOUT);
        server.expect(LoginStart.LAYOUT);
        return server;
    }

    /** Both ends of a session of a version without configuration, in the game. */
    private final class Pair implements AutoCloseable {
        final PacketSocket client;
        final PacketSocket server;

        Pair() throws IOException {
            client = dial(PROTOCOL);
            server = accept(client);
            server.send(LoginSuccess.LAYOUT, new LoginSuccess(new UUID(1, 2), "Bob", List.of(), new UUID(1, 2)));
            if (threshold.isPresent()) {
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
            }
            client.expect(LoginSuccess.LAYOUT);
            server.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[1000]);
            client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    private static void untilClosed(PacketSocket socket) throws IOException {
        try {
            while (socket.socket().getInputStream().read() >= 0) {
                // What was sent before the end is not the question.
            }
        } catch (SocketException reset) {
            // An end as good as another.
        }
    }

    /** Not in the common pool, which may have one thread, and here both sides have to move. */
    private static CompletableFuture<Void> inBackground(Runnable work) {
        return CompletableFuture.runAsync(work, task -> Thread.ofVirtual().start(task));
    }

    private static void drain(PacketSocket socket) {
        try {
            untilClosed(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeUntilRefused(PacketSocket socket, byte[] bytes) {
        try {
            while (true) {
                socket.sendRaw(bytes);
            }
        } catch (IOException refused) {
            // What the test waits for.
        }
    }

    private long refused(Refusal reason) {
        return proxy.counters().refusedSoFar(reason);
    }

    private String reason(PacketSocket client) throws IOException {
        return client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT).toString(StandardCharsets.UTF_8);
    }

    @Nested
    class In_the_game {

        @Test
        void a_client_that_says_nothing_is_told_that_its_time_is_up() throws IOException {
            timeouts = new Timeouts(LONG, SHORT, LONG);
            try (var pair = new Pair()) {
                chatter(pair.server);
                String told = "";
                while (told.isEmpty()) {
                    var packet = pair.client.readPacket();
                    if (packet.getByte(0) == pair.client.ids().id(PacketType.CLIENTBOUND_PLAY_DISCONNECT)) {
                        told = packet.toString(StandardCharsets.UTF_8);
                    }
                }
                assertThat(told).contains("disconnect.timeout");
                assertThat(refused(Refusal.SILENT)).isOne();
            }
        }

        @Test
        void a_server_that_says_nothing_is_told_in_its_own_words() throws IOException {
            timeouts = new Timeouts(LONG, SHORT, LONG);
            try (var pair = new Pair()) {
                chatter(pair.client);
                assertThat(reason(pair.client)).contains("gone fishing");
                assertThat(refused(Refusal.SERVER_STALLED)).isOne();
            }
        }

        /** Sends a packet that nobody reads, again and again. */
        private void chatter(PacketSocket from) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        from.send(OPAQUE);
                        TimeUnit.MILLISECONDS.sleep(50);
                    }
                } catch (IOException | InterruptedException over) {
                    // The connection is closed, and with it the test is over.
                }
            });
        }

        @Test
        void a_client_that_does_not_read_is_ended() throws IOException {
            timeouts = new Timeouts(LONG, LONG, SHORT);
            try (var pair = new Pair()) {
                writeUntilRefused(pair.server, frames(1, 1 << 16));
                assertThat(refused(Refusal.NOT_READING)).isOne();
            }
        }

        @Test
        void a_server_that_does_not_read_ends_the_session_with_its_own_words() throws IOException {
            timeouts = new Timeouts(LONG, LONG, SHORT);
            limits = new PacketLimits(Duration.ofSeconds(7), 0, 0);
            try (var pair = new Pair()) {
                var flood = inBackground(() -> writeUntilRefused(pair.client, frames(1, 1 << 16)));
                assertThat(reason(pair.client)).contains("gone fishing");
                assertThat(refused(Refusal.SERVER_STALLED)).isOne();
                pair.client.socket().close();
                flood.join();
            }
        }

        @Test
        void a_client_that_does_not_read_gets_no_more_chat_than_fits_into_a_bounded_queue() throws Exception {
            var joined = new LinkedBlockingQueue<Player>();
            events.busOf("test").subscribe(PostLoginEvent.class, event -> joined.add(event.player()));
            var left = new LinkedBlockingQueue<DisconnectEvent>();
            events.busOf("test").subscribe(DisconnectEvent.class, left::add);
            try (var pair = new Pair()) {
                Player player = joined.take();

                Component line = Component.text("x".repeat(30_000));
                var loop = proxy.network().nextLoop(); // the only one
                int sent = 0;
                Delivery delivery = Delivery.ACCEPTED;
                while (delivery == Delivery.ACCEPTED && sent < 2_000) {
                    delivery = player.sendMessage(line);
                    sent++;
                    // Behind this the line has gone out, as far as the system takes it, and waits no more to be sent.
                    CompletableFuture.runAsync(() -> {}, loop).get();
                }
                assertThat(delivery).isEqualTo(Delivery.REFUSED);
                assertThat(sent)
                        .as("more than may wait to be sent")
                        .isGreaterThan(10)
                        .isLessThan(2_000);
                pair.client.socket().close();
                assertThat(left.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }

    /** So many frames of a packet with a body of that size. */
    private static byte[] frames(int count, int size) {
        var all = Unpooled.buffer();
        try (var compression = new Compression()) {
            for (int i = 0; i < count; i++) {
                var packet = Unpooled.buffer();
                Wire.writeVarInt(packet, OPAQUE);
                var frame = compression.pack(packet.writeZero(size), Compression.OFF);
                all.writeBytes(frame);
                frame.release();
            }
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    @Nested
    class A_flood {

        @Test
        void of_packets_ends_the_player_and_not_much_of_it_reaches_the_server() throws IOException {
            limits = new PacketLimits(Duration.ofSeconds(60), 100, 0);
            try (var pair = new Pair()) {
                var flood = inBackground(() -> writeUntilRefused(pair.client, frames(1_000, 1)));
                assertThat(reason(pair.client)).contains("too much");
                assertThat(refused(Refusal.FLOOD)).isOne();
                int arrived = 0;
                try {
                    for (; ; arrived++) {
                        pair.server.readFrame();
                    }
                } catch (IOException end) {
                    assertThat(arrived).isLessThanOrEqualTo(6_000);
                }
                pair.client.socket().close();
                flood.join();
            }
        }

        @Test
        void of_bytes_ends_the_player() throws IOException {
            limits = new PacketLimits(Duration.ofSeconds(60), 0, 10_000);
            try (var pair = new Pair()) {
                var drain = inBackground(() -> drain(pair.server));
                var flood = inBackground(() -> writeUntilRefused(pair.client, frames(1, 1 << 16)));
                assertThat(reason(pair.client)).contains("too much");
                assertThat(refused(Refusal.FLOOD)).isOne();
                pair.client.socket().close();
                flood.join();
                drain.join();
            }
        }

        @Test
        void of_packets_that_become_far_more_than_came_ends_the_player() throws IOException {
            threshold = OptionalInt.of(64); // another than the server's: frames are put into its form
            try (var pair = new Pair()) {
                byte[] bomb = bomb(pair.client, BOMB);
                assertThat(bomb.length).isLessThan(2_000);
                for (int i = 0; i < 2; i++) {
                    pair.client.sendRaw(bomb);
                    assertThat(pair.server.expect(OPAQUE).readableBytes()).isEqualTo(BOMB);
                }
                pair.client.sendRaw(bomb);
                assertThat(reason(pair.client)).contains("too much");
                assertThat(refused(Refusal.FLOOD)).isOne();
            }
        }

        @Test
        void before_the_game_ends_at_a_number_of_packets_however_much_may_come_in_a_second() throws IOException {
            limits = new PacketLimits(Duration.ofSeconds(7), 0, 0);
            try (var client = dial(CONFIGURING);
                    var server = accept(client)) {
                var drain = inBackground(() -> drain(server));
                var flood = inBackground(() -> writeUntilRefused(client, frames(100, 1)));
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("too much");
                assertThat(refused(Refusal.FLOOD)).isOne();
                client.socket().close();
                flood.join();
                drain.join();
            }
        }
    }

    /** A frame of a packet of zeros. */
    private static byte[] bomb(PacketSocket client, int size) {
        var packet = Unpooled.buffer();
        Wire.writeVarInt(packet, OPAQUE);
        return client.frame(packet.writeZero(size));
    }

    @Nested
    class A_compressed_frame {

        @Test
        void of_the_login_that_becomes_longer_than_a_login_packet_may_be_is_refused() throws IOException {
            try (var client = dial(CONFIGURING);
                    var server = accept(client)) {
                server.send(SetCompression.LAYOUT, new SetCompression(256));
                server.threshold(256);
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
                byte[] small = bomb(client, 5_000);
                client.sendRaw(small);
                assertThat(server.expect(OPAQUE).readableBytes()).isEqualTo(5_000);
                byte[] large = bomb(client, 100_000);
                assertThat(large.length).isLessThan(1_000);
                client.sendRaw(large);
                untilClosed(client);
                assertThat(refused(Refusal.MALFORMED)).isOne();
            }
        }

        @Test
        void that_is_deflated_though_it_is_short_is_refused() throws IOException {
            threshold = OptionalInt.of(64);
            try (var pair = new Pair()) {
                pair.client.threshold(0);
                pair.client.send(OPAQUE, new byte[20]);
                untilClosed(pair.client);
                assertThat(refused(Refusal.MALFORMED)).isOne();
            }
        }
    }

    @Test
    void a_packet_that_fits_into_a_compressed_frame_only_is_not_forced_into_a_plain_one() throws IOException {
        threshold = OptionalInt.of(64);
        try (var pair = new Pair()) {
            pair.client.sendRaw(bomb(pair.client, 3 << 20));
            untilClosed(pair.client);
            assertThat(refused(Refusal.MALFORMED)).isOne();
        }
    }

    @Nested
    class In_the_limbo {

        @Test
        void a_plugin_message_of_the_games_size_is_no_fault_and_a_larger_one_is() throws Exception {
            intoLimbo = true;
            try (var client = dial(PROTOCOL)) {
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
                client.expect(LoginSuccess.LAYOUT);
                LimboClient entered = limbo.poll(10, TimeUnit.SECONDS);
                assertThat(entered).isNotNull();
                var sizes = new LinkedBlockingQueue<Integer>();
                CompletableFuture.runAsync(
                                () -> entered.onPacket((id, body) -> sizes.add(body.readableBytes())),
                                entered.eventLoop())
                        .get();
                client.send(OPAQUE, new byte[33_000]);
                assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(33_000);
                client.send(OPAQUE, new byte[70_000]);
                untilClosed(client);
                assertThat(refused(Refusal.MALFORMED)).isOne();
            }
        }
    }

    @Nested
    class Frames_that_do_not_become_whole {

        @Test
        void are_kept_until_the_clients_of_a_loop_have_too_many_of_them() throws Exception {
            threshold = OptionalInt.of(64); // another than the server's: frames are kept until they are whole
            try (var pair = new Pair()) {
                var loop = proxy.network().nextLoop();
                LoopScope scope = proxy.network().scope(loop);
                CompletableFuture.runAsync(() -> scope.kept((int) Allowance.MOST_KEPT), loop)
                        .get();
                byte[] header = {(byte) 0x80, (byte) 0x80, 0x40};
                pair.client.sendRaw(header);
                var some = new byte[30_000];
                pair.client.sendRaw(some);
                pair.client.sendRaw(new byte[Allowance.KEPT_FREELY]);
                assertThat(reason(pair.client)).contains("too much");
                assertThat(refused(Refusal.FLOOD)).isOne();
                long left =
                        CompletableFuture.supplyAsync(() -> scope.kept(0), loop).get();
                assertThat(left).isEqualTo(Allowance.MOST_KEPT);
            }
        }
    }
}
