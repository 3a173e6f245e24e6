package infrarust.proxy.session;

import infrarust.api.event.KickedFromServerEvent.Cause;
import infrarust.api.event.LoginPluginRequestEvent;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.login.ForwardingFault;
import infrarust.proxy.login.VelocityForwarding;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Disconnect;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginCookieRequest;
import infrarust.proxy.protocol.packet.LoginCookieResponse;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.Marker;
import infrarust.proxy.protocol.packet.SetCompression;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * The login of a player at a further server, which the proxy does itself while the player is still elsewhere: until the server
 * has sent the first frame behind the login, or has failed. Only the loop's thread.
 */
final class ServerLogin implements Receiver {

    /** What comes of the login. */
    interface Listener {

        /**
         * The server has let the player in, and is not read any more.
         *
         * @param first the first frame of the configuration, or of the game in versions without one; the listener's to release
         */
        void ready(ByteBuf first);

        /** It has not; the connection is closed. */
        void failed(Failure failure);
    }

    private static final Component BROKEN = Component.text("The server sent something that is not the protocol.");

    private final Session session;
    private final ServerConfig server;
    private final Backends backends;
    private final Listener listener;
    private final PacketIds ids;
    private final Link link;
    private final Introduction introduction;
    private ConnectionState state = ConnectionState.LOGIN;
    private boolean heard;
    private boolean over;
    private int toldAt;
    private @Nullable Future<Channel> connecting;
    private @Nullable Deadline answer;

    ServerLogin(Session session, ServerConfig server, Backends backends, Listener listener) {
        this.session = session;
        this.server = server;
        this.backends = backends;
        this.listener = listener;
        this.ids = session.ids();
        this.link = Link.toServer(session.client().scope(), session.sessions().compression(), this);
        this.introduction = new Introduction(session, server);
    }

    /** The connection to the server. */
    Link link() {
        return link;
    }

    void begin() {
        if (!introduction.isPossible()) {
            fail(Cause.LOGIN_REFUSED, Introduction.TOO_OLD);
            return;
        }
        Future<Channel> attempt = backends.connect(session.client(), server, link);
        connecting = attempt;
        var _ = attempt.addListener((Future<Channel> done) -> {
            if (over) {
                cancel();
            } else if (done.isSuccess()) {
                link.send(Handshake.LAYOUT, ids, introduction.handshake());
                link.send(session.loginStart());
                link.flush();
                waitForAnswer();
            } else {
                fail(Cause.UNREACHABLE);
            }
        });
    }

    /** The server's silence is bounded; each packet of the login starts the time anew. */
    private void waitForAnswer() {
        disarm();
        answer = session.client().deadlines().arm(server.timeouts().read(), () -> fail(Cause.UNREACHABLE));
    }

    private void disarm() {
        if (answer != null) {
            answer.disarm();
        }
    }

    /** Nobody wants the login any more. */
    void cancel() {
        over = true;
        disarm();
        if (connecting != null) {
            connecting.cancel(false);
        }
        if (link.isOpen()) {
            var _ = link.channel().close();
        }
        link.forget();
    }

    private void fail(Cause cause) {
        if (!over) {
            cancel();
            listener.failed(Failure.wordless(session, server, cause));
        }
    }

    private void fail(Cause cause, Component reason) {
        if (!over) {
            cancel();
            listener.failed(new Failure(server, cause, reason));
        }
    }

    private void fail(ForwardingFault fault) {
        session.sessions().forwardings().report(server, fault);
        fail(Cause.LOGIN_REFUSED, fault.reason());
    }

    @Override
    public boolean frame(Link from, int ignored, ByteBuf frame) {
        if (over) {
            return false;
        }
        ByteBuf packet = link.unpack(frame);
        try {
            ByteBuf body = packet.duplicate();
            PacketType type = ids.type(state, Direction.CLIENTBOUND, Wire.readVarInt(body));
            heard = true;
            if (state == ConnectionState.LOGIN) {
                waitForAnswer();
                login(type, body);
            } else {
                first(type, body, frame);
            }
        } finally {
            packet.release();
        }
        return false;
    }

    private void login(PacketType type, ByteBuf body) {
        switch (type) {
            case CLIENTBOUND_LOGIN_SET_COMPRESSION ->
                link.threshold(SetCompression.LAYOUT.read(body, ids).threshold());
            case CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST -> fail(ForwardingFault.ONLINE_MODE);
            case CLIENTBOUND_LOGIN_PLUGIN_REQUEST -> question(LoginPluginRequest.LAYOUT.read(body, ids));
            case CLIENTBOUND_LOGIN_COOKIE_REQUEST -> {
                // Clients answer that only during their own login.
                String key = LoginCookieRequest.LAYOUT.read(body, ids).key();
                link.send(LoginCookieResponse.LAYOUT, ids, new LoginCookieResponse(key, Optional.empty()));
            }
            case CLIENTBOUND_LOGIN_DISCONNECT -> {
                introduction
                        .refused(body.duplicate())
                        .ifPresent(fault -> session.sessions().forwardings().report(server, fault));
                fail(Cause.LOGIN_REFUSED, Reasons.login(ids, body));
            }
            case CLIENTBOUND_LOGIN_SUCCESS -> introduction.accepted(body).ifPresentOrElse(this::fail, this::accepted);
            default -> {}
        }
    }

    /** The client's mods could answer, but the client is in another game; a plugin may. */
    private void question(LoginPluginRequest request) {
        if (request.channel().equals(VelocityForwarding.CHANNEL)) {
            Optional<byte[]> told = introduction.answer(request.content());
            if (told.isEmpty()) {
                fail(ForwardingFault.VELOCITY_NOT_SET);
                return;
            }
            answer(request, told);
        } else if (session.sessions().events().isHeard(LoginPluginRequestEvent.class)) {
            var asked = new LoginPluginRequestEvent(
                    session.player(), server.id(), request.id(), request.channel(), request.content(), false);
            boolean goesOn = session.decide(asked, event -> {
                if (!over) {
                    waitForAnswer();
                    answer(
                            request,
                            event.result() instanceof LoginPluginRequestEvent.Result.Respond(Optional<byte[]> data)
                                    ? data
                                    : Optional.empty());
                    link.flush();
                    link.resume();
                }
            });
            if (!goesOn) {
                link.pause();
                disarm(); // it is the plugins that are slow
            }
        } else {
            answer(request, Optional.empty());
        }
    }

    private void answer(LoginPluginRequest request, Optional<byte[]> data) {
        link.send(LoginPluginResponse.LAYOUT, ids, new LoginPluginResponse(request.id(), data));
    }

    /** The {@linkplain ClientMemory#changes changes} that the server has been told of. */
    int toldAt() {
        return toldAt;
    }

    private void accepted() {
        if (session.hasConfiguration()) {
            state = ConnectionState.CONFIGURATION;
            link.send(Marker.LOGIN_ACKNOWLEDGED, ids, Marker.MARKER);
            session.memory().introduce(link, ids, ConnectionState.CONFIGURATION);
            toldAt = session.memory().changes();
        } else {
            state = ConnectionState.PLAY;
        }
    }

    private void first(PacketType type, ByteBuf body, ByteBuf frame) {
        switch (type) {
            case CLIENTBOUND_CONFIGURATION_DISCONNECT ->
                fail(Cause.CONFIGURATION_DISCONNECT, Reasons.of(Disconnect.CONFIGURATION, ids, body));
            case CLIENTBOUND_PLAY_DISCONNECT ->
                fail(Cause.CONFIGURATION_DISCONNECT, Reasons.of(Disconnect.PLAY, ids, body));
            default -> {
                over = true;
                disarm();
                link.pause();
                listener.ready(frame.copy());
            }
        }
    }

    @Override
    public void malformed(Link from, MalformedPacketException why) {
        fail(Cause.LOGIN_REFUSED, BROKEN);
    }

    @Override
    public void ended(Link from) {
        if (over) {
            return;
        }
        if (!heard) {
            introduction
                    .closed()
                    .ifPresent(fault -> session.sessions().forwardings().report(server, fault));
        }
        fail(Cause.CONNECTION_LOST);
    }
}
