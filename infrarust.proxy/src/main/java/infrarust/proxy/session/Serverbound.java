package infrarust.proxy.session;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.KeepAlive;
import io.netty.buffer.ByteBuf;
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

    /** Whether the server's keep-alives have to be {@linkplain #isAsked noted}. */
    boolean tellsKeepAlivesApart() {
        return asked != null;
    }

    /** The server has sent a keep-alive. */
    void isAsked(long id) {
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
    }

    /** What the player writes is for the server while it plays there; on the way to the next world nobody can take it. */
    private void heed() {
        if (state == ConnectionState.PLAY && !retired) {
            session.conversation().with(backend);
        } else {
            session.conversation().withNobody();
        }
    }

    private void look() {
        wanted = WantedPackets.ofClient(ids, state, asked != null);
        session.link().interest(sameForm ? wanted : Interest.ALL);
    }

    /** The packets of the client that somebody wants to read. */
    Interest wanted() {
        return wanted;
    }

    /** A packet of the client that is no part of a conversation. Says whether it passes. */
    boolean passes(PacketType type, ByteBuf body) {
        switch (type) {
            case SERVERBOUND_LOGIN_ACKNOWLEDGED, SERVERBOUND_PLAY_ACK_CONFIGURATION ->
                enter(ConnectionState.CONFIGURATION);
            case SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION -> enter(ConnectionState.PLAY);
            case SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION, SERVERBOUND_PLAY_CLIENT_INFORMATION ->
                session.memory().information(body);
            case SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE, SERVERBOUND_PLAY_PLUGIN_MESSAGE ->
                session.memory().message(ids, body);
            case SERVERBOUND_PLAY_KEEP_ALIVE -> {
                return asked == null
                        || asked.take(KeepAlive.PLAY_SERVERBOUND.read(body, ids).id());
            }
            default -> {}
        }
        return true;
    }

    private void enter(ConnectionState next) {
        state = next;
        session.link().filters().state(next);
        heed();
        look();
    }
}
