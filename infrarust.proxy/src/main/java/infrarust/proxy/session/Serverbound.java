package infrarust.proxy.session;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.KeepAlive;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The direction of a {@link PlayBridge} from the client to the server: its state, which the client's own packets change, and what
 * the client says that has to be known. Runs per wanted packet; only the loop's thread.
 */
final class Serverbound {

    private final Session session;
    private final PacketIds ids;
    private final Link backend;
    private final boolean sameForm;
    private ConnectionState state;
    private Interest wanted = Interest.ALL;
    private boolean retired;
    private @Nullable AskedKeepAlives asked;
    private final Optional<Consumer<ByteBuf>> toServer = Optional.of(this::send);

    /**
     * @param state in which the direction begins
     * @param sameForm whether frames pass as they came, so that only some have to be looked for
     */
    Serverbound(Session session, Link backend, ConnectionState state, boolean sameForm) {
        this.session = session;
        this.ids = session.ids();
        this.backend = backend;
        this.state = state;
        this.sameForm = sameForm;
    }

    /** Answers to keep-alives of a server before may be under way, and have to be told apart. */
    void tellKeepAlivesApart() {
        asked = new AskedKeepAlives();
    }

    /** The server has sent a keep-alive. */
    void isAsked(long id) {
        session.reach().ping().asked(id);
        if (asked != null) {
            asked.add(id);
        }
    }

    void begin() {
        session.link().filters().state(state);
        heed();
        look();
    }

    /** The state of the packets that the client sends. */
    ConnectionState state() {
        return state;
    }

    /** Nobody hears the client any more; its packets that change the state are still heeded. */
    void retire() {
        retired = true;
        session.conversation().withNobody();
        session.reach().withoutServer();
    }

    /** What the player writes is for the server while it plays there; on the way to the next world nobody can take it. */
    private void heed() {
        if (state == ConnectionState.PLAY && !retired) {
            session.conversation().with(backend);
            session.reach().server(backend);
        } else {
            session.conversation().withNobody();
            session.reach().withoutServer();
        }
    }

    private void look() {
        wanted = WantedPackets.ofClient(ids, state);
        session.link().interest(sameForm ? wanted : Interest.ALL);
    }

    /** The packets of the client that somebody wants to read. */
    Interest wanted() {
        return wanted;
    }

    /**
     * Whether a packet of the client is longer than any that has to be read. Plugin messages have to be at any length: what is said
     * on some channels must not reach the server.
     *
     * @throws MalformedPacketException when plugins would have to be shown what it says
     */
    static boolean isPassedOver(PacketType type, int length) {
        if (length <= Conversation.MAX_PACKET
                || type == PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE
                || type == PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE
                || !WantedPackets.isRead(type, false)) {
            return false;
        }
        if (Conversation.concerns(type)) {
            throw new MalformedPacketException(
                    "Packet of " + length + " bytes where " + Conversation.MAX_PACKET + " are allowed");
        }
        return true;
    }

    /** A packet of the client that is no part of a conversation. Says whether it passes. */
    boolean passes(PacketType type, ByteBuf body) {
        switch (type) {
            case SERVERBOUND_LOGIN_ACKNOWLEDGED, SERVERBOUND_PLAY_ACK_CONFIGURATION ->
                enter(ConnectionState.CONFIGURATION);
            case SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION -> enter(ConnectionState.PLAY);
            case SERVERBOUND_PLAY_KEEP_ALIVE -> {
                session.reach().reports().passes(type, body, toServer);
                return asked == null
                        || asked.take(KeepAlive.PLAY_SERVERBOUND.read(body, ids).id());
            }
            default -> {
                return session.reach().reports().passes(type, body, toServer);
            }
        }
        return true;
    }

    /** What plugins have let through goes to the server, unless the client has left it meanwhile. */
    private void send(ByteBuf packet) {
        if (retired) {
            packet.release();
        } else if (backend.isInsideFrame()) {
            // It waits, and nobody would release it if the session ended meanwhile.
            ByteBuf kept = Unpooled.copiedBuffer(packet);
            packet.release();
            backend.betweenFrames(() -> backend.send(kept));
        } else {
            backend.send(packet);
        }
    }

    private void enter(ConnectionState next) {
        state = next;
        session.link().filters().state(next);
        heed();
        look();
    }
}
