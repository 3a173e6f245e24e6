package infrarust.proxy.session;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.time.Duration;
import net.kyori.adventure.text.Component;

/**
 * A logged-in client without a backend, as the limbo sees it, for one stay: packets in, packets out, already without frames and
 * compression. Owned by the client's event loop; only that thread may call, unless a method says otherwise.
 */
public interface LimboClient {

    /** The loop that owns the client. Any thread. */
    EventLoop eventLoop();

    /** The client's packet ids and protocol number. Any thread. */
    PacketIds packetIds();

    /** For the packets that are sent. Any thread. */
    ByteBufAllocator allocator();

    /** The state that the client is in: configuration from 1.20.2 on, else play. */
    ConnectionState state();

    /**
     * The client is in the play state from here on: packets that arrive are play packets, and messages that plugins have
     * sent to the player go out behind the next {@link #flush}. The limbo calls it when the client has acknowledged the end
     * of the configuration (in older versions at once), queues the packet that starts the game, and flushes.
     */
    void enterPlay();

    /** Sets who hears of the client's packets and of its end. */
    void onPacket(Listener listener);

    /** Queues id and body of a packet and takes the buffer; nothing leaves before {@link #flush}. */
    void send(ByteBuf packet);

    /** Queues a packet of that layout. */
    <T> void send(PacketLayout<T> layout, T packet);

    /** Writes what has been queued. */
    void flush();

    /** Whether more can be sent without piling up; {@link Listener#writable} tells when it can again. */
    boolean isWritable();

    /** Ends the connection with a reason that the client shows. */
    void disconnect(Component reason);

    /** Ends the connection with that reason unless {@link #noDeadline} or another deadline comes first. */
    void deadline(Duration after, Component reason);

    /** Takes the deadline back. */
    void noDeadline();

    /** What the limbo hears; called on the client's event loop. */
    interface Listener {

        /**
         * The client has sent a packet.
         *
         * @param id its id in the client's {@link LimboClient#state}
         * @param body what follows the id; valid only during the call, retain to keep
         */
        void packet(int id, ByteBuf body);

        /** The client can take more again. */
        default void writable() {}

        /** The client is gone, or goes to a server; nothing can be sent any more. Called once. */
        default void gone() {}
    }
}
