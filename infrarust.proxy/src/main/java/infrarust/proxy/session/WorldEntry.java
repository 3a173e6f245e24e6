package infrarust.proxy.session;

import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.ProtocolVersion;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's way into the world of one server: how far the server has brought it, what happens when it is there, and what that
 * means for a way out: when the client can be taken over by another server, and whether it can be when this one is lost. Only the
 * loop's thread.
 */
final class WorldEntry {

    private final Session session;
    private final PacketIds ids;
    private final ServerConfig server;
    private final Link backend;
    private final Optional<String> previous;
    /** Whether the proxy has done the login and has to tell the server who the client is. */
    private boolean introduces;
    /** Whether the client is still in another server's world, which it leaves by a respawn. */
    private boolean respawns;

    private boolean announced;
    private boolean inWorld;
    private boolean inBundle;
    private boolean registriesSent;
    private @Nullable Runnable whenSettled;

    private WorldEntry(Session session, ServerConfig server, Link backend, Optional<String> previous) {
        this.session = session;
        this.ids = session.ids();
        this.server = server;
        this.backend = backend;
        this.previous = previous;
    }

    /** Behind a login that the client has done itself. */
    static WorldEntry afterLogin(Session session, ServerConfig server, Link backend) {
        return new WorldEntry(session, server, backend, Optional.empty());
    }

    /**
     * Behind a login that the proxy has done.
     *
     * @param old where the client comes from
     */
    static WorldEntry afterSwitch(Session session, ServerConfig server, Link backend, Place old) {
        var entry = new WorldEntry(session, server, backend, old.server().map(ServerConfig::id));
        entry.introduces = true;
        entry.respawns = !session.hasConfiguration() && old.hasWorld();
        return entry;
    }

    /** The server has begun to configure the client anew. */
    void configuresAnew() {
        inWorld = false;
        registriesSent = false;
    }

    /** A registry passes. */
    void registrySent() {
        registriesSent = true;
    }

    /** A mark of where a bundle begins or ends passes. */
    void bundleDelimiter() {
        inBundle = !inBundle;
    }

    /**
     * The packet that starts the game, which the client has to get in any case: it holds the player's own number.
     *
     * @param body of the packet; read only where the client {@linkplain #respawns respawns}
     * @return whether it passes as it came; then {@link #entered} is called behind it
     */
    boolean joins(ByteBuf body) {
        boolean wasElsewhere = respawns;
        respawns = false;
        inWorld = true;
        if (wasElsewhere) {
            WorldChange.send(session.link(), ids, body);
        }
        return !wasElsewhere;
    }

    /** The client has been sent what starts the game. */
    void entered() {
        if (introduces) {
            introduces = false;
            backend.betweenFrames(() -> {
                if (!session.hasConfiguration()) {
                    session.memory().introduce(backend, ids, ConnectionState.PLAY);
                }
                session.memory().register(backend, ids);
            });
        }
        session.reach().register(backend, server.bungeecordChannel());
        session.chat().open();
        if (!announced) {
            announced = true;
            session.whereabouts().entered(server, previous);
        }
        Runnable waiting = whenSettled;
        whenSettled = null;
        if (waiting != null) {
            waiting.run();
        }
    }

    /** Whether the client has a world: this one, or one that it has not left yet because this one has not begun. */
    boolean hasWorld() {
        return inWorld || respawns;
    }

    /** Whether a respawn has to be made from the packet that starts the game. */
    boolean respawns() {
        return respawns;
    }

    /** Whether the packet that starts the game has passed. */
    boolean isInWorld() {
        return inWorld;
    }

    /** Whether the client holds back what it is sent until a bundle is complete. */
    boolean isInBundle() {
        return inBundle;
    }

    /** Whether a registry has passed. */
    boolean hasSentRegistries() {
        return registriesSent;
    }

    /**
     * Runs the action when the client can be taken over by another server; at once when it can already.
     *
     * @param isLost whether this server does nothing more for the client
     */
    void whenSettled(boolean isLost, Runnable action) {
        boolean settled = isLost
                ? canBeRescued()
                : !session.hasConfiguration() || (session.clientbound() == ConnectionState.PLAY && inWorld);
        if (settled) {
            action.run();
        } else {
            whenSettled = action;
        }
    }

    /**
     * Whether the client can go to another server when this one is lost. Since 1.20.5 a configuration that has begun with
     * registries cannot begin anew: the client would have each entry twice. And a client that is between configuration and game
     * has no world to leave.
     */
    boolean canBeRescued() {
        if (!session.hasConfiguration()) {
            return true;
        }
        return switch (session.clientbound()) {
            case PLAY -> inWorld;
            case CONFIGURATION -> !registriesSent || ids.protocol() < ProtocolVersion.V1_20_5;
            case HANDSHAKE, STATUS, LOGIN -> false;
        };
    }
}
