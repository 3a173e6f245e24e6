package infrarust.proxy.session;

import infrarust.proxy.gate.Backends;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * From the connection to the backend until both have agreed on the login: everything is read, what is not the proxy's
 * business goes to the other side. Only the loop's thread.
 */
final class BackendStage implements Link.Receiver {

    private static final Component WANTS_ENCRYPTION = Component.text(
            "The server wants to verify accounts itself. Its operator must set online-mode=false there, or "
                    + "passthrough as the proxy's mode.");
    private static final Component BROKEN_SERVER =
            Component.text("The server sent something that is not the protocol.");

    private final Session session;
    private final Backends backends;
    private final Link client;
    private final Link backend;
    private final ByteBuf start;
    private boolean startTaken;
    private @Nullable Future<Channel> connecting;
    private @Nullable Deadline answer;

    /** @param start the login start as the client sent it, id and body; taken */
    BackendStage(Session session, Backends backends, ByteBuf start) {
        this.session = session;
        this.backends = backends;
        this.client = session.link();
        this.backend = new Link(session.client().scope(), session.sessions().compression(), this);
        this.start = start;
    }

    void begin() {
        client.receiver(this);
        session.onEnd(this::abandon);
        Future<Channel> attempt = backends.connect(session.client(), session.server(), backend);
        connecting = attempt;
        var _ = attempt.addListener((Future<Channel> done) -> {
            if (session.isEnding() || !client.isOpen()) {
                abandon();
            } else if (done.isSuccess()) {
                connected();
            } else {
                unavailable();
            }
        });
    }

    private void connected() {
        PacketIds ids = session.ids();
        backend.send(Handshake.LAYOUT, ids, session.client().handshakeFor(session.server()));
        startTaken = true;
        backend.send(start);
        client.join(backend);
        client.walk().maxLength(Frames.MAX_LENGTH);
        waitForAnswer();
        backend.flush();
        client.resume();
    }

    /** The backend's silence is bounded; each packet of the login starts the time anew. */
    private void waitForAnswer() {
        if (answer != null) {
            answer.disarm();
        }
        answer = session.client().deadlines().arm(session.server().timeouts().read(), this::unavailable);
    }

    private void unavailable() {
        session.client().refused(Refusal.SERVER_UNAVAILABLE);
        session.kick(Component.text(session.server().disconnectMessage()));
    }

    /** The client is gone or has been told to go. */
    private void abandon() {
        if (answer != null) {
            answer.disarm();
        }
        client.sever();
        if (connecting != null) {
            connecting.cancel(false);
        }
        if (backend.isOpen()) {
            var _ = backend.channel().close();
        }
        if (!startTaken) {
            startTaken = true;
            start.release();
        }
    }

    @Override
    public boolean frame(Link from, int ignored, ByteBuf frame) {
        if (session.isEnding()) {
            return false;
        }
        ByteBuf packet = from.unpack(frame);
        try {
            if (from == client) {
                ofClient(packet);
            } else {
                ofBackend(packet);
            }
        } finally {
            packet.release();
        }
        return false;
    }

    private PacketType type(ByteBuf body, Direction direction) {
        return session.ids().type(ConnectionState.LOGIN, direction, Wire.readVarInt(body));
    }

    private void ofClient(ByteBuf packet) {
        switch (type(packet.duplicate(), Direction.SERVERBOUND)) {
            case SERVERBOUND_LOGIN_START, SERVERBOUND_LOGIN_ENCRYPTION_RESPONSE, SERVERBOUND_LOGIN_ACKNOWLEDGED ->
                throw new MalformedPacketException("Out of turn in the login");
            default -> backend.send(packet.retain());
        }
    }

    private void ofBackend(ByteBuf packet) {
        ByteBuf body = packet.duplicate();
        waitForAnswer();
        switch (type(body, Direction.CLIENTBOUND)) {
            case CLIENTBOUND_LOGIN_SET_COMPRESSION -> {
                backend.threshold(
                        SetCompression.LAYOUT.read(body, session.ids()).threshold());
                if (session.configuredThreshold().isEmpty()) {
                    session.compress(backend.threshold());
                }
            }
            case CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST -> session.kick(WANTS_ENCRYPTION);
            case CLIENTBOUND_LOGIN_DISCONNECT -> {
                client.send(packet.retain());
                session.finish();
            }
            case CLIENTBOUND_LOGIN_SUCCESS -> {
                session.configuredThreshold().ifPresent(session::compress);
                client.send(packet.retain());
                succeeded();
            }
            default -> client.send(packet.retain());
        }
    }

    private void succeeded() {
        if (answer != null) {
            answer.disarm();
        }
        client.flush();
        new PlayBridge(session, backend).begin();
        boolean told = session.loggedIn(Optional.of(session.server().id()), () -> {
            client.resume();
            backend.resume();
        });
        if (!told) {
            client.pause();
            backend.pause();
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

    @Override
    public void ended(Link link) {
        if (link == client) {
            session.finish();
        } else if (!session.isEnding() && client.isOpen()) {
            unavailable();
        }
    }
}
