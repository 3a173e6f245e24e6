package infrarust.proxy.status;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.gate.Admission;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.Gate;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.gate.Route;
import infrarust.proxy.net.AddressedChannel;
import infrarust.proxy.net.ProxyHeader;
import infrarust.proxy.net.StandingClock;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.telemetry.BackendCounters;
import infrarust.proxy.telemetry.ConnectionCounters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pingers, a gate, the room under test and backends, without sockets and with a clock that stands still. */
final class PingBench implements AutoCloseable {

    static final PacketTable PACKETS = PacketTable.load();

    final StandingClock clock = new StandingClock();
    final List<Backend> backends = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    final ConnectionCounters counters = new ConnectionCounters();
    final EventDispatcher events = NobodyListens.dispatcher();
    int online = 3;

    final List<Optional<ProxyHeader>> headers = new ArrayList<>();

    private final List<EmbeddedChannel> pingers = new ArrayList<>();
    private final Gate gate;

    /** A question to a backend: connecting first, then a channel. */
    static final class Backend {
        final EventLoop loop;
        final InetSocketAddress address;
        private final ChannelHandler handler;
        private final Promise<Channel> connecting;
        final EmbeddedChannel channel = new EmbeddedChannel();

        Backend(EventLoop loop, InetSocketAddress address, ChannelHandler handler, Promise<Channel> connecting) {
            this.loop = loop;
            this.address = address;
            this.handler = handler;
            this.connecting = connecting;
        }

        void connects() {
            channel.pipeline().addLast(handler);
            connecting.trySuccess(channel);
        }

        void refuses() {
            connecting.tryFailure(new IOException("refused"));
        }

        String received() {
            return sent(channel);
        }

        void sends(String hex) {
            channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
        }

        void answers(String json) {
            sends(response(json));
        }
    }

    PingBench(ProxySnapshot snapshot) {
        var servers =
                new Backends(this::connect, new Pools(snapshot, clock::nanoTime, change -> {}), new BackendCounters());
        Motds motds = Motds.read(snapshot, Path.of("."), () -> online, problems::add);
        var pings = new Pings(snapshot.config().statusCache(), motds, servers, events, clock::nanoTime);
        gate = new Gate(
                PACKETS,
                host -> new Route(snapshot, host, route(snapshot, host)),
                Admission.of(snapshot.config(), LoopbackProxy.noFilters(), clock::nanoTime),
                counters,
                events,
                new Gate.Rooms(pings.status(), pings.legacy(), client -> client.close(), client -> client.close()));
    }

    private static Optional<ServerConfig> route(ProxySnapshot snapshot, String host) {
        return snapshot.servers().stream()
                .filter(server -> server.domains().contains(host))
                .findFirst();
    }

    private Future<Channel> connect(
            EventLoop loop,
            InetSocketAddress address,
            Duration timeout,
            Optional<ProxyHeader> header,
            ChannelHandler handler) {
        Promise<Channel> connecting = loop.newPromise();
        headers.add(header);
        backends.add(new Backend(loop, address, handler, connecting));
        return connecting;
    }

    /** A connection that has sent nothing yet. */
    EmbeddedChannel pinger() {
        var channel = new AddressedChannel();
        channel.freezeTime();
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(gate.receive(channel, clock.scope(channel.eventLoop())));
        pingers.add(channel);
        return channel;
    }

    /** A connection that has asked for the status. */
    EmbeddedChannel asks(String host, int protocol) {
        EmbeddedChannel channel = pinger();
        send(channel, handshake(host, protocol) + "0100");
        return channel;
    }

    /** Lets time pass on everything that has a clock. */
    void pass(Duration time) {
        clock.advance(time);
        for (EmbeddedChannel pinger : pingers) {
            pinger.advanceTimeBy(time.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            pinger.runScheduledPendingTasks();
        }
    }

    static String handshake(String host, int protocol) {
        ByteBuf frame = Frames.frame(Handshake.LAYOUT.encode(
                Unpooled.buffer().alloc(),
                PACKETS.ids(protocol),
                new Handshake(protocol, host, 25565, Handshake.STATUS)));
        return hex(frame);
    }

    static void send(EmbeddedChannel channel, String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    /** Everything that was written since the last call. */
    static String sent(EmbeddedChannel channel) {
        var all = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.append(hex(part));
        }
        return all.toString();
    }

    private static String hex(ByteBuf bytes) {
        try {
            return ByteBufUtil.hexDump(bytes);
        } finally {
            bytes.release();
        }
    }

    /** The frame of a status response with that JSON. */
    static String response(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        ByteBuf out = Unpooled.buffer();
        Wire.writeVarInt(out, 1 + Wire.varIntSize(utf8.length) + utf8.length);
        out.writeByte(0);
        Wire.writeBytes(out, utf8);
        return hex(out);
    }

    /** The JSON in the frame that was written, which must be the only one. */
    static String json(EmbeddedChannel channel) {
        ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(sent(channel)));
        int length = Wire.readVarInt(in);
        if (in.readableBytes() != length || in.readByte() != 0) {
            throw new AssertionError("Not one status response");
        }
        String json = new String(Wire.readBytes(in, length), StandardCharsets.UTF_8);
        if (in.isReadable()) {
            throw new AssertionError("Bytes behind the JSON");
        }
        return json;
    }

    @Override
    public void close() {
        pingers.forEach(EmbeddedChannel::finishAndReleaseAll);
        backends.forEach(backend -> backend.channel.finishAndReleaseAll());
    }
}
