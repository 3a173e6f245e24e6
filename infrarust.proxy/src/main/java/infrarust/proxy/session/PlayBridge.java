package infrarust.proxy.session;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.KickedFromServerEvent.Cause;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Disconnect;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * Client and one backend after the login: frames pass as they came, in both directions. Only the few packets are looked for
 * that change a direction's state, end the connection, or have to be known when the player goes to another server. When the two
 * sides do not have the same compression, each frame is put into the other form instead.
 *
 * <p>Each direction has a state of its own: a side switches when its own packet says so, while packets of the old state are
 * still on their way from the other one. Runs per packet; only the loop's thread.
 */
final class PlayBridge implements Receiver, Place {

    /** How long bytes may wait for a backend that has stopped reading, once the client is gone. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    private static final Component BROKEN_SERVER =
            Component.text("The server sent something that is not the protocol.");

    private final Session session;
    private final PacketIds ids;
    private final Link client;
    private final Link backend;
    private final ServerConfig server;
    private final boolean sameForm;
    private final Leftovers leftovers;
    private final WorldEntry entry;
    private final Serverbound serverbound;
    private final ServerRequests requests;
    private Interest ofBackend = Interest.ALL;
    private boolean farewellSaid;
    /** Nothing passes any more: the client has another server, or none. */
    private boolean retired;

    private PlayBridge(
            Session session, ServerConfig server, Link backend, ConnectionState serverbound, WorldEntry entry) {
        this.session = session;
        this.server = server;
        this.ids = session.ids();
        this.client = session.link();
        this.backend = backend;
        this.sameForm = client.threshold() == backend.threshold();
        this.serverbound = new Serverbound(session, backend, serverbound, sameForm);
        this.requests = new ServerRequests(session, server, backend);
        this.leftovers = new Leftovers(ids);
        this.entry = entry;
    }

    /** Behind a login that the client has done itself. */
    static PlayBridge afterLogin(Session session, ServerConfig server, Link backend) {
        return new PlayBridge(
                session,
                server,
                backend,
                session.hasConfiguration() ? ConnectionState.LOGIN : ConnectionState.PLAY,
                WorldEntry.afterLogin(session, server, backend));
    }

    /**
     * Behind a login that the proxy has done.
     *
     * @param old where the client comes from
     */
    static PlayBridge afterSwitch(Session session, ServerConfig server, Link backend, Place old) {
        boolean configures = session.hasConfiguration();
        var bridge = new PlayBridge(
                session,
                server,
                backend,
                configures ? ConnectionState.CONFIGURATION : ConnectionState.PLAY,
                WorldEntry.afterSwitch(session, server, backend, old));
        // In the configuration state, no answer to the old server can be under way any more.
        if (!configures) {
            bridge.serverbound.tellKeepAlivesApart();
        }
        return bridge;
    }

    void begin() {
        client.receiver(this);
        backend.receiver(this);
        session.onEnd(this::hangUp);
        session.watch(server, backend, this::stalled);
        session.clientbound(session.hasConfiguration() ? ConnectionState.CONFIGURATION : ConnectionState.PLAY);
        backend.filters().ofServer(session, server);
        serverbound.begin();
        lookAtBackend();
    }

    private void lookAtBackend() {
        CommandAnswers answers = session.conversation().answers();
        ofBackend = WantedPackets.ofBackend(ids, session.clientbound(), entry, requests, answers);
        backend.interest(sameForm ? ofBackend : Interest.ALL);
    }

    /** What plugins want to see of the server may be something else from here on. */
    void interestChanged() {
        if (!retired) {
            lookAtBackend();
            if (entry.isInWorld()) {
                session.reach().register(backend, server.bungeecordChannel());
                backend.flush();
            }
        }
    }

    /** The server is read from here on. */
    void resume() {
        requests.resume();
    }

    /** A frame that the backend sent before this bridge was there. */
    void first(ByteBuf frame) {
        if (backend.frame(backend.peekId(frame), frame)) {
            client.send(backend.unpack(frame));
        }
    }

    @Override
    public boolean frame(Link from, int id, ByteBuf frame) {
        if (session.isEnding() || (retired && from == backend)) {
            return false;
        }
        if (!sameForm) {
            return reframe(from, from == client ? backend : client, frame);
        }
        PacketType type = type(from, id);
        if (!WantedPackets.isRead(type, entry.respawns())) {
            return seen(from, type, Unpooled.EMPTY_BUFFER);
        }
        if (from == client
                && Serverbound.isPassedOver(
                        type, Compression.length(frame, from.walk().isCompressed()))) {
            return true;
        }
        ByteBuf packet = from.unpack(frame);
        try {
            Wire.readVarInt(packet);
            return seen(from, type, packet);
        } finally {
            packet.release();
        }
    }

    /**
     * Puts the frame into the form of the other side. One that has that form already passes as it came, and is inflated only
     * when somebody wants to read it.
     */
    private boolean reframe(Link from, Link to, ByteBuf frame) {
        boolean passes = Compression.hasForm(frame, from.walk().isCompressed(), to.threshold());
        if (passes) {
            int id = from.peekId(frame);
            if (id >= 0 && !(from == client ? serverbound.wanted() : ofBackend).wants(id)) {
                return true;
            }
        }
        ByteBuf packet = from.unpack(frame);
        try {
            ByteBuf body = packet.duplicate();
            int length = packet.readableBytes();
            PacketType type = type(from, Wire.readVarInt(body));
            if (!(from == client && Serverbound.isPassedOver(type, length)) && !seen(from, type, body)) {
                return false;
            }
            if (!passes && !retired) {
                to.send(packet.retain());
            }
            return passes;
        } finally {
            packet.release();
        }
    }

    private PacketType type(Link from, int id) {
        return from == client
                ? ids.type(serverbound.state(), Direction.SERVERBOUND, id)
                : ids.type(session.clientbound(), Direction.CLIENTBOUND, id);
    }

    /** Says whether the packet passes. */
    private boolean seen(Link from, PacketType type, ByteBuf body) {
        if (Conversation.concerns(type)) {
            return passesConversation(type, body);
        }
        return from == client ? serverbound.passes(type, body) : seenOfBackend(type, body);
    }

    private boolean passesConversation(PacketType type, ByteBuf body) {
        CommandAnswers answers = session.conversation().answers();
        boolean expected = answers.wantsWords();
        boolean passes = session.conversation().passes(type, body);
        if (answers.wantsWords() != expected) {
            lookAtBackend();
        }
        return passes;
    }

    private boolean seenOfBackend(PacketType type, ByteBuf body) {
        switch (type) {
            case CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION -> {
                clientbound(ConnectionState.PLAY);
                lookAtBackend();
            }
            case CLIENTBOUND_CONFIGURATION_REGISTRY_DATA -> {
                entry.registrySent();
                lookAtBackend();
            }
            case CLIENTBOUND_PLAY_START_CONFIGURATION -> {
                entry.configuresAnew();
                clientbound(ConnectionState.CONFIGURATION);
                lookAtBackend();
            }
            case CLIENTBOUND_PLAY_BUNDLE_DELIMITER -> entry.bundleDelimiter();
            case CLIENTBOUND_PLAY_JOIN_GAME -> {
                return joins(body);
            }
            case CLIENTBOUND_PLAY_KEEP_ALIVE ->
                serverbound.isAsked(KeepAlive.PLAY_CLIENTBOUND.read(body, ids).id());
            case CLIENTBOUND_CONFIGURATION_DISCONNECT -> {
                return disconnects(Cause.CONFIGURATION_DISCONNECT, Disconnect.CONFIGURATION, body);
            }
            case CLIENTBOUND_PLAY_DISCONNECT -> {
                return disconnects(
                        entry.isInWorld() ? Cause.PLAY_DISCONNECT : Cause.CONFIGURATION_DISCONNECT,
                        Disconnect.PLAY,
                        body);
            }
            default -> {
                if (!requests.passes(type, body)) {
                    return false;
                }
                leftovers.see(type, body);
            }
        }
        return true;
    }

    private void clientbound(ConnectionState next) {
        session.clientbound(next);
        backend.filters().state(next);
    }

    private boolean joins(ByteBuf body) {
        boolean passes = entry.joins(body);
        lookAtBackend();
        if (passes) {
            // The frame itself passes after this call; what waits goes out behind it.
            backend.inNextGap(this::entered);
        } else {
            entered();
        }
        return passes;
    }

    private void entered() {
        if (!retired) {
            entry.entered();
        }
    }

    private boolean disconnects(Cause cause, PacketLayout<Disconnect> layout, ByteBuf body) {
        boolean matters = session.whereabouts().isSwitching()
                || session.sessions().events().isHeard(KickedFromServerEvent.class);
        if (matters) {
            lost(new Failure(server, cause, Reasons.of(layout, ids, body)));
            return false;
        }
        farewellSaid = true;
        backend.inNextGap(() -> session.finish(DisconnectEvent.Cause.BACKEND_CLOSED));
        return true;
    }

    /** The server has said nothing for too long, or takes nothing any more. */
    private void stalled() {
        if (!retired && !session.isOver()) {
            session.client().refused(Refusal.SERVER_STALLED);
            lost(Failure.wordless(session, server, Cause.CONNECTION_LOST));
        }
    }

    private void lost(Failure failure) {
        if (client.isInsideFrame()) {
            // The client waits for the rest of a frame, and takes whatever comes for it.
            session.finish(DisconnectEvent.Cause.BACKEND_CLOSED);
        } else if (!retired) {
            retire();
            session.whereabouts().lost(failure);
        }
    }

    /**
     * Nothing passes from here on, in either direction; the backend still gets what the client has sent, and its connection
     * ends. Packets of the client that change its state are still heeded until something else reads them.
     */
    @Override
    public void retire() {
        if (!retired) {
            retired = true;
            serverbound.retire();
            requests.retire();
            hangUp();
        }
    }

    @Override
    public boolean isRetired() {
        return retired;
    }

    @Override
    public Optional<ServerConfig> server() {
        return Optional.of(server);
    }

    @Override
    public Leftovers leftovers() {
        return leftovers;
    }

    @Override
    public ConnectionState serverbound() {
        return serverbound.state();
    }

    @Override
    public boolean isInBundle() {
        return entry.isInBundle();
    }

    @Override
    public boolean hasWorld() {
        return entry.hasWorld();
    }

    @Override
    public void whenSettled(Runnable action) {
        entry.whenSettled(retired, action);
    }

    @Override
    public boolean canBeRescued() {
        return entry.canBeRescued();
    }

    /** The client is gone or has been told to go: the backend still gets what the client has sent. */
    private void hangUp() {
        client.sever();
        backend.forget();
        backend.closeWithin(LINGER);
    }

    @Override
    public void malformed(Link link, MalformedPacketException why) {
        if (link == client) {
            session.malformed();
        } else if (!retired) {
            session.kick(BROKEN_SERVER, DisconnectEvent.Cause.ERROR);
        }
    }

    /** A side that ends ends the session: what it has sent reaches the other one, a reason for the end included. */
    @Override
    public void ended(Link link) {
        if (link == client) {
            session.finish(DisconnectEvent.Cause.CLIENT_QUIT);
        } else if (!retired && !session.isOver()) {
            if (farewellSaid) {
                session.finish(DisconnectEvent.Cause.BACKEND_CLOSED);
            } else {
                lost(Failure.wordless(session, server, Cause.CONNECTION_LOST));
            }
        }
    }
}
