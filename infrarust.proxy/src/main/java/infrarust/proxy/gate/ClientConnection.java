package infrarust.proxy.gate;

import infrarust.proxy.config.DomainRewrite;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.net.Deadlines;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.net.Endpoints;
import infrarust.proxy.net.Farewell;
import infrarust.proxy.net.LoopScope;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.telemetry.ConnectionCounters;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection of a client, from its first byte until a room has taken it over and beyond: who it is, what it
 * asked for, and until when it must have done what it is expected to do. Owned by its event loop; unless a method says
 * otherwise, only that thread may call.
 */
public final class ClientConnection {

    private final Channel channel;
    private final Endpoints ends;
    private final PacketTable packets;
    private final LoopScope scope;
    private final Route.Finder routes;
    private final ConnectionCounters counters;
    private final GateEvents events;
    private @Nullable Route route;
    private @Nullable Handshake handshake;
    private @Nullable PacketIds ids;
    private @Nullable Deadline deadline;
    private @Nullable Opening opening;

    /** What the gate's handler does when a room takes the connection over. */
    interface Opening {
        void handOver(ChannelInboundHandler next, boolean withHandshake);

        /** Nobody takes the connection over for a while: what the client sends waits, and as little of it as possible. */
        void hold();

        /** No room will take it over. */
        void forget();

        /** A room is going to take it over now. */
        void goOn();
    }

    /**
     * @param channel the client's channel
     * @param ends of the connection, as limits, plugins and backends shall see them
     * @param packets ids of all versions
     * @param scope what the connections of the channel's loop share
     * @param routes where host names lead
     * @param counters where refusals are counted
     * @param events where plugins listen
     */
    public ClientConnection(
            Channel channel,
            Endpoints ends,
            PacketTable packets,
            LoopScope scope,
            Route.Finder routes,
            ConnectionCounters counters,
            EventDispatcher events) {
        this(channel, ends, packets, scope, routes, counters, new GateEvents(events));
    }

    /** The same, of a gate that tells plugins of all its clients. */
    ClientConnection(
            Channel channel,
            Endpoints ends,
            PacketTable packets,
            LoopScope scope,
            Route.Finder routes,
            ConnectionCounters counters,
            GateEvents events) {
        this.channel = channel;
        this.ends = ends;
        this.packets = packets;
        this.scope = scope;
        this.routes = routes;
        this.counters = counters;
        this.events = events;
    }

    /** The client's channel. Any thread. */
    public Channel channel() {
        return channel;
    }

    /** The loop that owns this connection, and the backend connections made for it. Any thread. */
    public EventLoop eventLoop() {
        return channel.eventLoop();
    }

    /** What the connections of this loop share. Any thread may ask; only the loop may use it. */
    public LoopScope scope() {
        return scope;
    }

    /** The deadlines of the loop. Any thread may ask; only the loop may arm. */
    public Deadlines deadlines() {
        return scope.deadlines();
    }

    /** The ends of the connection: as a trusted PROXY header has them, else those of the socket. Any thread. */
    public Endpoints ends() {
        return ends;
    }

    /** Where the client is, as {@link #ends} has it. Any thread. */
    public InetSocketAddress remoteAddress() {
        return ends.client();
    }

    /** The ids of all versions. Any thread. */
    public PacketTable packetTable() {
        return packets;
    }

    /**
     * What the client asked for.
     *
     * @throws IllegalStateException before the handshake, and for connections that began with a legacy ping
     */
    public Handshake handshake() {
        Handshake read = handshake;
        if (read == null) {
            throw new IllegalStateException("This connection has sent no handshake");
        }
        return read;
    }

    /** The version of the handshake. */
    public ProtocolVersion version() {
        return packets.version(handshake().protocol());
    }

    /** The packet ids of the handshake's version; resolved once. */
    public PacketIds packetIds() {
        PacketIds resolved = ids;
        if (resolved == null) {
            resolved = packets.ids(handshake().protocol());
            ids = resolved;
        }
        return resolved;
    }

    /**
     * Where the host of the handshake leads; looked up once.
     *
     * @throws IllegalStateException before the handshake
     */
    public Route route() {
        Route found = route;
        if (found == null) {
            found = routes.find(handshake().host());
            route = found;
        }
        return found;
    }

    /** Where a host name leads that came otherwise than in a handshake, or the default for an empty one. */
    public Route routeOf(String host) {
        return routes.find(host);
    }

    /**
     * The configuration that holds at the moment, for what begins now: {@link #route} keeps the one that the connection began
     * with. Any thread.
     */
    public ProxySnapshot currentConfiguration() {
        return routes.snapshot();
    }

    /**
     * The handshake as the backend shall see it, with the host that the server's {@code domain_rewrite} asks for. What mods
     * append to the host is kept in any case.
     */
    public Handshake handshakeFor(ServerConfig server) {
        return rewritten(handshake(), server);
    }

    /** As {@link #handshakeFor}, for a question that did not come as a handshake. Any thread. */
    public static Handshake rewritten(Handshake read, ServerConfig server) {
        String host = switch (server.domainRewrite()) {
            case DomainRewrite.None() -> read.host();
            case DomainRewrite.FromBackend() ->
                server.leadsIntoLimbo()
                        ? read.host()
                        : server.backends().getFirst().address().host() + markers(read.host());
            case DomainRewrite.Explicit(String explicit) -> explicit + markers(read.host());
        };
        return new Handshake(read.protocol(), host, read.port(), read.next());
    }

    private static String markers(String host) {
        int end = host.indexOf(0);
        return end < 0 ? "" : host.substring(end);
    }

    /** Whether the server's IP filter lets this client reach it. */
    public boolean isAllowedOn(ServerConfig server) {
        return server.ipFilter().admits(remoteAddress().getAddress());
    }

    /** The handshake has been read. */
    void handshake(Handshake read) {
        handshake = read;
    }

    void opening(Opening handler) {
        opening = handler;
    }

    /** Whether the connection may go on is not known yet; what the client sends waits until it is. */
    public void hold() {
        noDeadline();
        opened().hold();
    }

    /** It is known now, and a room takes the connection over before the caller returns to the loop. */
    public void goOn() {
        opened().goOn();
    }

    /**
     * Gives the channel to a room: the handler takes the gate's place in the pipeline and reads on, beginning, before this
     * method returns, with the bytes behind the handshake that have arrived already. What it reads are {@code ByteBuf}s as
     * they came from the socket, not frames. They may be parts of a buffer that the whole loop reads into: release each, and
     * copy what has to outlive the call. The deadline that was armed last stays armed.
     *
     * @throws IllegalStateException when the connection has been handed over before
     */
    public void handOver(ChannelInboundHandler next) {
        takeOpening().handOver(next, false);
    }

    /**
     * As {@link #handOver}, but the handler reads everything from the first byte of the connection on, handshake included.
     *
     * @throws IllegalStateException when the connection has been handed over before
     */
    public void handOverFromStart(ChannelInboundHandler next) {
        takeOpening().handOver(next, true);
    }

    private Opening takeOpening() {
        Opening handler = opened();
        opening = null;
        return handler;
    }

    private Opening opened() {
        Opening handler = opening;
        if (handler == null) {
            throw new IllegalStateException("This connection has been handed over already");
        }
        return handler;
    }

    /** Closes the connection, counting it as too slow, unless {@link #noDeadline} or another deadline comes first. */
    public void deadline(Duration after) {
        noDeadline();
        deadline = scope.deadlines().arm(after, () -> {
            refused(Refusal.TOO_SLOW);
            close();
        });
    }

    /** Takes the deadline back. */
    public void noDeadline() {
        Deadline armed = deadline;
        if (armed != null) {
            armed.disarm();
            deadline = null;
        }
    }

    /** Counts why this connection is not served, and tells the plugins where it is a decision. Only the loop. */
    public void refused(Refusal reason) {
        counted(reason);
        rejected(reason);
    }

    /** Counts what has gone wrong with a connection that may be served all the same. Any thread. */
    public void counted(Refusal reason) {
        counters.refuse(reason, remoteAddress().getAddress());
    }

    /** Tells the plugins that a connection is not served, for a reason that has been counted. Only the loop. */
    public void rejected(Refusal reason) {
        events.rejected(
                remoteAddress(), () -> handshake == null ? Optional.empty() : Optional.of(route().host()), reason);
    }

    /**
     * Ends a connection that is in the login state, without compression, with a reason that the client shows. For clients
     * in other states it only closes.
     */
    public void refuse(Component reason) {
        noDeadline();
        Opening handler = opening;
        if (handler != null) {
            handler.forget();
        }
        Handshake read = handshake;
        ByteBuf last = Unpooled.EMPTY_BUFFER;
        if (read != null && read.next() != Handshake.STATUS) {
            last = Frames.frame(LoginDisconnect.LAYOUT.encode(
                    channel.alloc(), packetIds(), LoginDisconnect.of(packetIds(), reason)));
        }
        Farewell.say(channel, last, scope.deadlines());
    }

    /** Closes a connection whose client does not speak the protocol. */
    public void malformed() {
        refused(Refusal.MALFORMED);
        close();
    }

    /** Closes the channel, with whatever has not been written. Any thread. */
    public void close() {
        var _ = channel.close();
    }
}
