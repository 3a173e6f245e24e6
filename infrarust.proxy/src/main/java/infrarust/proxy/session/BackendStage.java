package infrarust.proxy.session;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.KickedFromServerEvent.Cause;
import infrarust.api.event.LoginPluginRequestEvent;
import infrarust.api.event.LoginPluginResponseEvent;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.login.ForwardingFault;
import infrarust.proxy.login.VelocityForwarding;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * From the connection to the backend until both have agreed on the login: everything is read, what is not the proxy's
 * business goes to the other side. Only the loop's thread.
 */
final class BackendStage implements Receiver {

    /** What a client may send that the server has asked nothing: the largest is a cookie of 5 KiB. */
    private static final int MAX_UNASKED = 6 << 10;

    /** An answer to a login plugin request may have 1 MiB of content. */
    static final int MAX_ANSWER = (1 << 20) + 64;

    private static final Component BROKEN_SERVER =
            Component.text("The server sent something that is not the protocol.");

    private final Session session;
    private final ServerConfig server;
    private final Entrance entrance;
    private final Link client;
    private final Link backend;
    private final Introduction introduction;
    /** The channels of the questions that the client was given and has not answered, by their ids. */
    private final Map<Integer, String> open = new HashMap<>();

    /** How many cookies the server has asked for that the client has not sent. */
    private int cookies;

    private int most;
    private boolean heard;
    private boolean over;
    private @Nullable Future<Channel> connecting;
    private @Nullable Deadline answer;

    /** @param entrance hears when the server does not take the player */
    BackendStage(Session session, ServerConfig server, Entrance entrance) {
        this.session = session;
        this.server = server;
        this.entrance = entrance;
        this.client = session.link();
        this.backend =
                Link.toServer(session.client().scope(), session.sessions().compression(), this);
        this.introduction = new Introduction(session, server);
        this.most = entrance.isOwedAnswers() ? MAX_ANSWER : MAX_UNASKED;
    }

    void begin() {
        client.receiver(this);
        session.onEnd(this::abandon);
        if (!introduction.isPossible()) {
            session.client().refused(Refusal.FORWARDING);
            failed(new Failure(server, Cause.LOGIN_REFUSED, Introduction.TOO_OLD));
            return;
        }
        Future<Channel> attempt = session.sessions().backends().connect(session.client(), server, backend);
        connecting = attempt;
        var _ = attempt.addListener((Future<Channel> done) -> {
            if (over || session.isEnding() || !client.isOpen()) {
                abandon();
            } else if (done.isSuccess()) {
                connected();
            } else {
                unavailable(Cause.UNREACHABLE);
            }
        });
    }

    private void connected() {
        PacketIds ids = session.ids();
        backend.send(Handshake.LAYOUT, ids, introduction.handshake());
        backend.send(session.loginStart());
        client.join(backend);
        client.walk().maxLength(most);
        waitForAnswer();
        backend.flush();
        client.resume();
    }

    /** The backend's silence is bounded; each packet of the login starts the time anew. */
    private void waitForAnswer() {
        disarm();
        answer = session.client().deadlines().arm(server.timeouts().read(), () -> unavailable(Cause.UNREACHABLE));
    }

    private void unavailable(Cause cause) {
        if (!over) {
            session.client().counted(Refusal.SERVER_UNAVAILABLE);
            failed(Failure.wordless(session, server, cause));
        }
    }

    private void failed(Failure failure) {
        if (!over) {
            abandon();
            entrance.unanswered(open.keySet(), cookies);
            client.pause();
            entrance.failed(failure);
        }
    }

    /** The client is gone or has been told to go, or the server does not take the player. */
    private void abandon() {
        over = true;
        disarm();
        client.sever();
        if (connecting != null) {
            connecting.cancel(false);
        }
        if (backend.isOpen()) {
            var _ = backend.channel().close();
        }
    }

    @Override
    public boolean frame(Link from, int ignored, ByteBuf frame) {
        if (session.isEnding() || over) {
            return false;
        }
        ByteBuf packet = from == client ? client.unpack(frame, most) : from.unpack(frame);
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
        ByteBuf body = packet.duplicate();
        switch (type(body, Direction.SERVERBOUND)) {
            case SERVERBOUND_LOGIN_START, SERVERBOUND_LOGIN_ENCRYPTION_RESPONSE, SERVERBOUND_LOGIN_ACKNOWLEDGED ->
                throw new MalformedPacketException("Out of turn in the login");
            case SERVERBOUND_LOGIN_PLUGIN_RESPONSE -> {
                // Otherwise a client could answer in the proxy's place what it was not asked.
                LoginPluginResponse response = LoginPluginResponse.LAYOUT.read(body, session.ids());
                if (entrance.isTooLate(response.id())) {
                    return; // clients answer in order, and servers count their questions alike
                }
                String channel = open.remove(response.id());
                if (channel != null) {
                    answer(channel, response, packet);
                } else {
                    throw new MalformedPacketException("An answer to no question");
                }
            }
            case SERVERBOUND_LOGIN_COOKIE_RESPONSE -> {
                if (!entrance.isCookieTooLate()) {
                    cookies--;
                    backend.send(packet.retain());
                }
            }
            default -> backend.send(packet.retain());
        }
    }

    private void ofBackend(ByteBuf packet) {
        ByteBuf body = packet.duplicate();
        heard = true;
        waitForAnswer();
        switch (type(body, Direction.CLIENTBOUND)) {
            case CLIENTBOUND_LOGIN_SET_COMPRESSION -> {
                backend.threshold(
                        SetCompression.LAYOUT.read(body, session.ids()).threshold());
                if (session.configuredThreshold().isEmpty()) {
                    entrance.compress(backend.threshold());
                }
            }
            case CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST -> fail(ForwardingFault.ONLINE_MODE);
            case CLIENTBOUND_LOGIN_PLUGIN_REQUEST -> question(packet, body);
            case CLIENTBOUND_LOGIN_COOKIE_REQUEST -> {
                cookies++;
                client.send(packet.retain());
            }
            case CLIENTBOUND_LOGIN_DISCONNECT -> {
                introduction.refused(body.duplicate()).ifPresent(fault -> {
                    session.client().refused(Refusal.FORWARDING);
                    report(fault);
                });
                if (session.sessions().events().isHeard(KickedFromServerEvent.class)) {
                    failed(new Failure(server, Cause.LOGIN_REFUSED, Reasons.login(session.ids(), body)));
                } else {
                    client.send(packet.retain());
                    session.finish(DisconnectEvent.Cause.BACKEND_CLOSED);
                }
            }
            case CLIENTBOUND_LOGIN_SUCCESS ->
                introduction.accepted(body).ifPresentOrElse(this::fail, () -> {
                    session.configuredThreshold().ifPresent(entrance::compress);
                    client.send(packet.retain());
                    succeeded();
                });
            default -> client.send(packet.retain());
        }
    }

    /** What the server asks on other channels is for the client, whose mods may know the answer. */
    private void question(ByteBuf packet, ByteBuf body) {
        LoginPluginRequest request = LoginPluginRequest.LAYOUT.read(body, session.ids());
        if (request.channel().equals(VelocityForwarding.CHANNEL)) {
            Optional<byte[]> answer = introduction.answer(request.content());
            if (answer.isPresent()) {
                backend.send(LoginPluginResponse.LAYOUT, session.ids(), new LoginPluginResponse(request.id(), answer));
            } else {
                fail(ForwardingFault.VELOCITY_NOT_SET);
            }
        } else if (session.sessions().events().isHeard(LoginPluginRequestEvent.class)) {
            var asked = new LoginPluginRequestEvent(
                    session.player(), server.id(), request.id(), request.channel(), request.content(), true);
            if (!session.decide(asked, event -> decided(request, event.result()))) {
                backend.pause();
                disarm(); // it is the plugins that are slow
            }
        } else {
            relay(request, packet.retain());
        }
    }

    private void relay(LoginPluginRequest request, ByteBuf packet) {
        open.put(request.id(), request.channel());
        most = MAX_ANSWER;
        client.walk().maxLength(most);
        client.send(packet);
    }

    private void decided(LoginPluginRequest request, LoginPluginRequestEvent.Result result) {
        if (over) {
            return;
        }
        waitForAnswer();
        switch (result) {
            case LoginPluginRequestEvent.Result.Forward() -> relay(request, encoded(request));
            case LoginPluginRequestEvent.Result.Replace(byte[] data) ->
                relay(request, encoded(new LoginPluginRequest(request.id(), request.channel(), data)));
            case LoginPluginRequestEvent.Result.Respond(Optional<byte[]> data) ->
                backend.send(LoginPluginResponse.LAYOUT, session.ids(), new LoginPluginResponse(request.id(), data));
        }
        client.flush();
        backend.flush();
        backend.resume();
    }

    private ByteBuf encoded(LoginPluginRequest request) {
        return LoginPluginRequest.LAYOUT.encode(session.client().channel().alloc(), session.ids(), request);
    }

    /** What the client has answered is for the plugins first, when one of them listens. */
    private void answer(String channel, LoginPluginResponse response, ByteBuf packet) {
        if (!session.sessions().events().isHeard(LoginPluginResponseEvent.class)) {
            backend.send(packet.retain());
            return;
        }
        var given =
                new LoginPluginResponseEvent(session.player(), server.id(), response.id(), channel, response.content());
        boolean goesOn = session.decide(given, event -> {
            if (!over) {
                Optional<byte[]> data =
                        event.result() instanceof LoginPluginResponseEvent.Result.Replace(Optional<byte[]> other)
                                ? other
                                : response.content();
                backend.send(LoginPluginResponse.LAYOUT, session.ids(), new LoginPluginResponse(response.id(), data));
                backend.flush();
                client.resume();
            }
        });
        if (!goesOn) {
            client.pause();
        }
    }

    private void disarm() {
        if (answer != null) {
            answer.disarm();
        }
    }

    private void fail(ForwardingFault fault) {
        session.client().refused(Refusal.FORWARDING);
        report(fault);
        failed(new Failure(server, Cause.LOGIN_REFUSED, fault.reason()));
    }

    private void report(ForwardingFault fault) {
        session.sessions().forwardings().report(server, fault);
    }

    private void succeeded() {
        disarm();
        client.walk().maxLength(Frames.MAX_LENGTH);
        over = true;
        session.whereabouts().movedTo(server); // before the client can see it
        client.flush();
        PlayBridge bridge = PlayBridge.afterLogin(session, server, backend);
        session.whereabouts().place(bridge);
        bridge.begin();
        if (session.loggedIn()) {
            session.whereabouts().connected(server, Optional.empty());
            client.resume();
            bridge.resume();
        }
    }

    @Override
    public void malformed(Link link, MalformedPacketException why) {
        if (link == client) {
            session.malformed();
        } else {
            failed(new Failure(server, Cause.LOGIN_REFUSED, BROKEN_SERVER));
        }
    }

    @Override
    public void ended(Link link) {
        if (link == client) {
            session.finish(DisconnectEvent.Cause.CLIENT_QUIT);
        } else if (!over && !session.isEnding() && client.isOpen()) {
            if (!heard) {
                introduction.closed().ifPresent(this::report);
            }
            unavailable(Cause.CONNECTION_LOST);
        }
    }
}
