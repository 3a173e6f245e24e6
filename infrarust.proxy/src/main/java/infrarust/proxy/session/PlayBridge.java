package infrarust.proxy.session;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;

/**
 * Client and backend after the login: frames pass as they came, in both directions. Only the few packets that change a
 * direction's state are looked for, and, until it has passed, the one that puts the player into the world. When the two
 * sides do not have the same compression, each frame is put into the other form instead.
 *
 * <p>Each direction has a state of its own: a side switches when its own packet says so, while packets of the old state are
 * still on their way from the other one. Runs per packet; only the loop's thread.
 */
final class PlayBridge implements Link.Receiver {

    /** How long bytes may wait for a backend that has stopped reading, once the client is gone. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    /** What a client may write at once: a command of 32,767 characters, eight signatures and the rest. */
    private static final int MAX_SPOKEN = 1 << 17;

    private static final Component BROKEN_SERVER =
            Component.text("The server sent something that is not the protocol.");

    private static final PacketType[] OF_CLIENT_IN_PLAY = Stream.concat(
                    Stream.of(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION), Stream.of(Conversation.OF_CLIENT))
            .toArray(PacketType[]::new);

    private final Session session;
    private final PacketIds ids;
    private final Link client;
    private final Link backend;
    private final boolean sameForm;
    private ConnectionState serverbound;
    private boolean inWorld;

    PlayBridge(Session session, Link backend) {
        this.session = session;
        this.ids = session.ids();
        this.client = session.link();
        this.backend = backend;
        this.sameForm = client.threshold() == backend.threshold();
        this.serverbound = session.hasConfiguration() ? ConnectionState.LOGIN : ConnectionState.PLAY;
    }

    void begin() {
        session.conversation().with(backend);
        client.receiver(this);
        backend.receiver(this);
        session.onEnd(this::hangUp);
        session.clientbound(session.hasConfiguration() ? ConnectionState.CONFIGURATION : ConnectionState.PLAY);
        client.walk().interest(sameForm ? ofClient() : Interest.ALL);
        backend.walk().interest(sameForm ? ofBackend() : Interest.ALL);
    }

    private Interest ofClient() {
        return switch (serverbound) {
            case LOGIN -> Interest.in(ids, PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            case CONFIGURATION -> Interest.inEmpty(ids, PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            case PLAY -> Interest.in(ids, OF_CLIENT_IN_PLAY);
            case HANDSHAKE, STATUS -> Interest.NONE;
        };
    }

    private Interest ofBackend() {
        return switch (session.clientbound()) {
            case CONFIGURATION -> Interest.inEmpty(ids, PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            case PLAY -> ofBackendInPlay();
            case HANDSHAKE, STATUS, LOGIN -> Interest.NONE;
        };
    }

    private Interest ofBackendInPlay() {
        CommandAnswers answers = session.conversation().answers();
        List<PacketType> wanted = new ArrayList<>();
        if (!inWorld) {
            wanted.add(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
        }
        // Which commands a player may use is known when it has been listed, which it has when it is in the world.
        if (inWorld ? answers.wantsTree() : answers.announces()) {
            wanted.add(PacketType.CLIENTBOUND_PLAY_COMMANDS);
        }
        if (answers.wantsWords()) {
            wanted.add(PacketType.CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE);
        }
        if (wanted.isEmpty()) {
            return Interest.inEmpty(ids, PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
        }
        wanted.add(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
        return Interest.in(ids, wanted.toArray(PacketType[]::new));
    }

    @Override
    public boolean frame(Link from, int id, ByteBuf frame) {
        if (session.isEnding()) {
            return false;
        }
        if (sameForm) {
            PacketType type = type(from, id);
            if (Conversation.concerns(type) && !passesConversation(from, type, frame)) {
                return false;
            }
            seen(from, type);
            return true;
        }
        return reframe(from, from == client ? backend : client, frame);
    }

    private boolean passesConversation(Link from, PacketType type, ByteBuf frame) {
        ByteBuf packet = from == client ? client.unpack(frame, MAX_SPOKEN) : from.unpack(frame);
        try {
            Wire.readVarInt(packet);
            return session.conversation().passes(type, packet);
        } finally {
            packet.release();
            if (type == PacketType.SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST
                    || type == PacketType.CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE) {
                backend.walk().interest(ofBackend());
            }
        }
    }

    /** Puts the frame into the form of the other side; one that has that form already passes as it came. */
    private boolean reframe(Link from, Link to, ByteBuf frame) {
        ByteBuf packet = from.unpack(frame);
        try {
            ByteBuf body = packet.duplicate();
            PacketType type = type(from, Wire.readVarInt(body));
            if (Conversation.concerns(type) && !session.conversation().passes(type, body)) {
                return false;
            }
            int length = packet.readableBytes();
            boolean deflatedNow = from.walk().isCompressed() && frame.getByte(frame.readerIndex()) != 0;
            boolean deflatedThen = to.threshold() >= 0 && length >= to.threshold();
            boolean passes = from.walk().isCompressed() == to.walk().isCompressed() && deflatedNow == deflatedThen;
            if (!passes) {
                to.send(packet.retain());
            }
            seen(from, type);
            return passes;
        } finally {
            packet.release();
        }
    }

    private PacketType type(Link from, int id) {
        return from == client
                ? ids.type(serverbound, Direction.SERVERBOUND, id)
                : ids.type(session.clientbound(), Direction.CLIENTBOUND, id);
    }

    private void seen(Link from, PacketType type) {
        if (from == client) {
            seenOfClient(type);
        } else {
            seenOfBackend(type);
        }
    }

    private void seenOfClient(PacketType type) {
        switch (type) {
            case SERVERBOUND_LOGIN_ACKNOWLEDGED, SERVERBOUND_PLAY_ACK_CONFIGURATION ->
                serverbound(ConnectionState.CONFIGURATION);
            case SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION -> serverbound(ConnectionState.PLAY);
            default -> {}
        }
    }

    private void serverbound(ConnectionState next) {
        serverbound = next;
        if (sameForm) {
            client.walk().interest(ofClient());
        }
    }

    private void seenOfBackend(PacketType type) {
        switch (type) {
            case CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION -> session.clientbound(ConnectionState.PLAY);
            case CLIENTBOUND_PLAY_START_CONFIGURATION -> {
                inWorld = false;
                session.clientbound(ConnectionState.CONFIGURATION);
            }
            case CLIENTBOUND_PLAY_JOIN_GAME -> {
                inWorld = true;
                // The frame itself passes after this call; what waits goes out behind it.
                backend.inNextGap(session::chatReady);
            }
            default -> {
                return;
            }
        }
        if (sameForm) {
            backend.walk().interest(ofBackend());
        }
    }

    /** The client is gone or has been told to go: the backend still gets what the client has sent. */
    private void hangUp() {
        client.sever();
        if (backend.isOpen()) {
            session.client().deadlines().close(LINGER, backend.channel());
            backend.close();
        }
    }

    @Override
    public void malformed(Link link, MalformedPacketException why) {
        if (link == client) {
            session.client().malformed();
        } else {
            session.kick(BROKEN_SERVER);
        }
    }

    /** A side that ends ends the session: what it has sent reaches the other one, a reason for the end included. */
    @Override
    public void ended(Link link) {
        if (link == backend && !backend.isOpen() && session.isEnding()) {
            return;
        }
        session.finish();
    }
}
