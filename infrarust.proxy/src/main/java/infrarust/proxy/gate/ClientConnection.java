package infrarust.proxy.gate;

import infrarust.proxy.net.Deadlines;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.packet.Handshake;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection of a client, from its first byte until a room has taken it over and beyond: who it is, what it
 * asked for, and until when it must have done what it is expected to do. Owned by its event loop; unless a method says
 * otherwise, only that thread may call.
 */
public final class ClientConnection {

    private final Channel channel;
    private final InetSocketAddress remoteAddress;
    private final PacketTable packets;
    private final Deadlines deadlines;
    private @Nullable Handshake handshake;
    private @Nullable PacketIds ids;
    private @Nullable Deadline deadline;
    private @Nullable Opening opening;

    /** What the gate's handler does when a room takes the connection over. */
    interface Opening {
        void handOver(ChannelInboundHandler next, boolean withHandshake);
    }

    /**
     * @param channel the client's channel
     * @param remoteAddress where the client is, as limits and plugins shall see it
     * @param packets ids of all versions
     * @param deadlines those of the channel's event loop
     */
    public ClientConnection(
            Channel channel, InetSocketAddress remoteAddress, PacketTable packets, Deadlines deadlines) {
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.packets = packets;
        this.deadlines = deadlines;
    }

    /** The client's channel. Any thread. */
    public Channel channel() {
        return channel;
    }

    /** The loop that owns this connection, and the backend connections made for it. Any thread. */
    public EventLoop eventLoop() {
        return channel.eventLoop();
    }

    /** The deadlines of the loop. Any thread may ask; only the loop may arm. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Where the client is. Any thread. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
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

    /** The handshake has been read. */
    void handshake(Handshake read) {
        handshake = read;
    }

    void opening(Opening handler) {
        opening = handler;
    }

    /**
     * Gives the channel to a room: the handler takes the gate's place in the pipeline and reads on, beginning with the bytes
     * behind the handshake that have arrived already. Each is a {@code ByteBuf} as it came from the socket, not a frame.
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
        Opening handler = opening;
        if (handler == null) {
            throw new IllegalStateException("This connection has been handed over already");
        }
        opening = null;
        return handler;
    }

    /** Closes the connection unless {@link #noDeadline} or another deadline comes first. */
    public void deadline(Duration after) {
        noDeadline();
        deadline = deadlines.arm(after, this::close);
    }

    /** Takes the deadline back. */
    public void noDeadline() {
        Deadline armed = deadline;
        if (armed != null) {
            armed.disarm();
            deadline = null;
        }
    }

    /** Closes the channel, with whatever has not been written. Any thread. */
    public void close() {
        var _ = channel.close();
    }
}
