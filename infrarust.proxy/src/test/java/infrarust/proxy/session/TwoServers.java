package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.EventBus;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Player;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.Timeouts;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.FilterRegistry;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.limbo.VoidWorld;
import infrarust.proxy.login.ForwardingSecret;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.net.Network;
import infrarust.proxy.net.Transport;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.service.MessageChannels;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** A proxy with the servers "lobby" (every host), "games" and "arena", whose ends a test holds. */
final class TwoServers implements AutoCloseable {

    static final PacketTable PACKETS = PacketTable.load();
    static final String SECRET = "what only the proxy and its servers know";
    static final UUID BACKENDS_OWN = new UUID(0x1111, 0x2222);
    /** An id that no version names, for packets that nobody reads. */
    static final int OPAQUE = 0x7000;

    final OnlinePlayers players = new OnlinePlayers();
    private final Deadlines.RealTime clock = Deadlines.realTime();
    final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    final EventBus bus = events.busOf("test");
    final FilterRegistry filters = new FilterRegistry(Duration.ofSeconds(10), Duration.ofSeconds(5));
    final BlockingQueue<Player> joined = new LinkedBlockingQueue<>();
    final ServerSocket lobby = listen();
    final ServerSocket games = listen();
    final ServerSocket arena = listen();
    final MessageChannels channels = new MessageChannels(players);
    final ProxyCommands commands = new ProxyCommands(clock, (source, node) -> true);
    /** Whether servers are told that the proxy listens on channels. */
    boolean tellsServers;
    /** How far the clock of the deadlines is ahead. */
    private final AtomicLong ahead = new AtomicLong();

    private final LoopbackProxy proxy;

    TwoServers() throws IOException {
        this(OptionalInt.empty(), server -> server);
    }

    /** @param change what differs from three servers in one network */
    TwoServers(OptionalInt threshold, UnaryOperator<ServerConfig.Builder> change) throws IOException {
        this(threshold, change, System::nanoTime);
    }

    /** @param nanoTime what the clock of the deadlines shows, but for the time that has been let {@link #pass} */
    private TwoServers(OptionalInt threshold, UnaryOperator<ServerConfig.Builder> change, LongSupplier nanoTime)
            throws IOException {
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.builder().compressionThreshold(threshold).build(),
                        change.apply(server("lobby", lobby)).domains("*").build(),
                        change.apply(server("games", games)).build(),
                        change.apply(server("arena", arena)).build(),
                        server("elsewhere", arena).network("other").build(),
                        ServerConfig.builder("void")
                                .network("main")
                                .proxyMode(ProxyMode.OFFLINE)
                                .build()),
                () -> nanoTime.getAsLong() + ahead.get(),
                filters.transports(),
                events,
                (network, backends) -> OnlySessions.rooms(
                        backends,
                        events,
                        players,
                        commands,
                        channels,
                        new VoidWorld(PACKETS, Runnable::run),
                        FakeSessionServer.unused(),
                        new Forwardings(Optional.of(ForwardingSecret.of(SECRET)), () -> 0),
                        filters.codecs()));
        bus.subscribe(PostLoginEvent.class, event -> joined.add(event.player()));
    }

    /** With a clock that stands still, and servers that may be silent for that long. */
    static TwoServers withoutTime(Duration silence) throws IOException {
        var timeouts = new Timeouts(Duration.ofSeconds(2), silence, Duration.ofMinutes(10));
        return new TwoServers(OptionalInt.empty(), server -> server.timeouts(timeouts), () -> 1);
    }

    /** Another configuration holds: "fresh" has taken the place of "games", and listens where "arena" does. */
    void reconfigure() {
        proxy.configure(ProxySnapshot.of(
                ProxyConfig.defaults(),
                server("lobby", lobby).domains("*").build(),
                server("fresh", arena).build()));
    }

    /** Time passes at once, when everything that has arrived has been dealt with; what is late by then is done. */
    void pass(Duration time) throws Exception {
        Network network = proxy.network();
        EventLoop loop = network.nextLoop(); // there is one
        loop.submit(() -> {
                    ahead.addAndGet(time.toNanos());
                    network.scope(loop).deadlines().sweep();
                })
                .get(10, TimeUnit.SECONDS);
    }

    long refused(Refusal reason) {
        return proxy.counters().refusedSoFar(reason);
    }

    /** So much time passes for what has a deadline; returns when all that is late by then has happened. */
    void pass(Duration time, Player player) throws InterruptedException {
        var swept = new CountDownLatch(1);
        var client = ((SessionPlayer) player).session().client();
        client.eventLoop().execute(() -> {
            ahead.addAndGet(time.toNanos());
            client.deadlines().arm(Duration.ZERO, swept::countDown);
        });
        assertThat(swept.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Returns when the proxy has dealt with everything that had been sent to it before. */
    static void settle(Player player) throws Exception {
        var client = ((SessionPlayer) player).session().client();
        for (int i = 0; i < 20; i++) {
            var turn = new CountDownLatch(1);
            // A scheduled task is a turn of the loop later than one that is executed.
            var _ = client.eventLoop().schedule(turn::countDown, 1, TimeUnit.MILLISECONDS);
            assertThat(turn.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static ServerConfig.Builder server(String id, ServerSocket socket) {
        return ServerConfig.builder(id)
                .network("main")
                .addresses("127.0.0.1:" + socket.getLocalPort())
                .timeouts(new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(30)))
                .disconnectMessage("{server} is gone, {player}")
                .proxyMode(ProxyMode.OFFLINE);
    }

    private static ServerSocket listen() throws IOException {
        var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(10_000);
        return socket;
    }

    PacketSocket dial(int protocol) throws IOException {
        return dial(protocol, "play.example.org");
    }

    private PacketSocket dial(int protocol, String host) throws IOException {
        var client = new PacketSocket(proxy.connect(), PACKETS.ids(protocol));
        client.send(Handshake.LAYOUT, new Handshake(protocol, host, 25565, Handshake.LOGIN));
        client.send(LoginStart.LAYOUT, new LoginStart("Bob", Optional.empty(), Optional.of(BACKENDS_OWN)));
        return client;
    }

    /** A connection that the proxy makes for Bob, up to the login start. */
    static PacketSocket accept(ServerSocket listening, PacketIds ids) throws IOException {
        var server = new PacketSocket(listening.accept(), ids);
        assertThat(server.expect(Handshake.LAYOUT).host()).startsWith("play.example.org");
        assertThat(server.expect(LoginStart.LAYOUT).name()).isEqualTo("Bob");
        return server;
    }

    /** Lets the player in. */
    static void welcome(PacketSocket server, int threshold) throws IOException {
        if (threshold >= 0 && server.ids().protocol() >= ProtocolVersion.V1_8) {
            server.send(SetCompression.LAYOUT, new SetCompression(threshold));
            server.threshold(threshold);
        }
        server.send(LoginSuccess.LAYOUT, new LoginSuccess(BACKENDS_OWN, "Bob", List.of(), BACKENDS_OWN));
    }

    static boolean configures(PacketIds ids) {
        return ids.protocol() >= ProtocolVersion.V1_20_2;
    }

    /** A client and the server that it is on. */
    final class Bob implements AutoCloseable {
        final PacketSocket client;
        final PacketIds ids;
        final Player player;
        PacketSocket server;
        /** Which channels the lobby was told that the proxy listens on. */
        String[] registered = {};

        Bob(int protocol) throws Exception {
            this(protocol, -1);
        }

        /** In the world of the lobby. */
        Bob(int protocol, int threshold) throws Exception {
            this(protocol, threshold, -2, "play.example.org");
        }

        Bob(int protocol, int threshold, String host) throws Exception {
            this(protocol, threshold, -2, host);
        }

        Bob(int protocol, int threshold, int configured) throws Exception {
            this(protocol, threshold, configured, "play.example.org");
        }

        /** @param configured the threshold towards clients; below −1 for the lobby's */
        private Bob(int protocol, int threshold, int configured, String host) throws Exception {
            client = dial(protocol, host);
            ids = client.ids();
            server = accept(lobby, ids);
            welcome(server, threshold);
            if ((configured < -1 ? threshold : configured) >= 0 && protocol >= ProtocolVersion.V1_8) {
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
            }
            client.expect(LoginSuccess.LAYOUT);
            player = joined.poll(10, TimeUnit.SECONDS);
            assertThat(player).isNotNull();
            if (configures(ids)) {
                client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                server.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                configure(server);
            }
            server.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(protocol, "lobby"));
            client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
            if (tellsServers) {
                registered = registration(server);
            }
            playsOn();
        }

        /** Through the configuration of that server, seen from both ends. */
        void configure(PacketSocket by) throws IOException {
            by.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
            assertThat(client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA)
                            .readableBytes())
                    .isEqualTo(3000);
            by.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            by.expect(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
        }

        /** Lets the player into another server, as far as the server's own part goes. */
        PacketSocket letInto(ServerSocket listening, int threshold) throws IOException {
            PacketSocket next = accept(listening, ids);
            welcome(next, threshold);
            if (configures(ids)) {
                next.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            }
            return next;
        }

        /** The way from the first frame of the new server into its world. */
        void goes(PacketSocket next, String level) throws IOException {
            if (configures(ids)) {
                next.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
                client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                client.send(OPAQUE, (byte) 99);
                client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);
                configure(next);
            }
            next.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(ids.protocol(), level));
            ByteBuf started = until(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
            assertThat(Wire.readRest(started)).isEqualTo(JoinGames.body(ids.protocol(), level));
            server = next;
        }

        /** The next packet of that type, whatever comes before it. */
        ByteBuf until(PacketType type) throws IOException {
            while (true) {
                ByteBuf packet = client.readPacket();
                if (Wire.readVarInt(packet) == ids.id(type)) {
                    return packet;
                }
            }
        }

        /** What is said on one side is heard on the other. */
        void playsOn() throws IOException {
            for (int size : new int[] {2, 700, 40_000}) {
                byte[] body = new byte[size];
                body[0] = (byte) size;
                client.send(OPAQUE, body);
                assertThat(Wire.readRest(server.expect(OPAQUE))).isEqualTo(body);
                server.send(OPAQUE, body);
                assertThat(Wire.readRest(client.expect(OPAQUE))).isEqualTo(body);
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    /** What a server is told about channels. */
    static String[] registration(PacketSocket server) throws IOException {
        PluginMessage message = server.expect(PluginMessage.PLAY_SERVERBOUND);
        assertThat(message.channel())
                .isEqualTo(server.ids().protocol() < ProtocolVersion.V1_13 ? "REGISTER" : "minecraft:register");
        return new String(message.content(), StandardCharsets.UTF_8).split("\0");
    }

    static ConnectionResult result(CompletionStage<ConnectionResult> wish) throws Exception {
        return wish.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        lobby.close();
        games.close();
        arena.close();
        clock.close();
    }
}
