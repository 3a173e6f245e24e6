package infrarust.proxy.session;

import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.ServerPreConnectEvent.Cause;
import infrarust.api.player.ConnectionResult;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Marker;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to move a player from one server to another. Until the new server has let the player in and has
 * sent its first frame, the player plays on and the attempt can end without a trace. Then the old server's frames stop between
 * two of them; a client that has the configuration state is sent into it, and whatever it still sends for the old world is
 * dropped until it has acknowledged that. Only the loop's thread.
 */
final class Switch implements ServerLogin.Listener, Link.Receiver {

    /** From the wish until the client is in the new server's hands. */
    static final Duration WHOLE = Duration.ofSeconds(30);

    private static final Component TOO_SLOW = Component.text("The server took too long to let you in.");
    private static final Component SILENT_CLIENT = Component.text("Your client took too long to change servers.");

    private final Session session;
    private final Cause cause;
    private final Redirects redirects;
    private final Optional<Failure> origin;
    private final CompletableFuture<ConnectionResult> result;
    private Phase phase = Phase.ASKING;
    private @Nullable ServerConfig target;
    private @Nullable ServerLogin login;
    private @Nullable ByteBuf first;
    private @Nullable Deadline deadline;
    /** The state that the client is to leave, as far as what it sends goes. */
    private ConnectionState awaited = ConnectionState.PLAY;

    private enum Phase {
        /** Plugins are asked. */
        ASKING,
        /** The new server is asked, the player is on the old one. */
        LOGGING_IN,
        /** The new server waits for the player. */
        WAITING,
        /** The player is on neither. */
        BETWEEN,
        /** The player is on the new server, though not in its world. */
        ENTERING,
        /** It has ended in one way or the other. */
        OVER
    }

    /**
     * @param redirects the servers before
     * @param origin what made the player go, when it was not a wish
     * @param result completed with what becomes of the wish
     */
    Switch(
            Session session,
            Cause cause,
            Redirects redirects,
            Optional<Failure> origin,
            CompletableFuture<ConnectionResult> result) {
        this.session = session;
        this.cause = cause;
        this.redirects = redirects;
        this.origin = origin;
        this.result = result;
    }

    /** Begins, unless the answer is clear; the session holds the attempt from here on. */
    void begin(String wanted) {
        deadline = session.client().deadlines().arm(WHOLE, this::late);
        allowed(Destination.named(session, wanted), server -> {
            Optional<String> previous = Optional.of(session.server().id());
            Destination.ask(session, server, previous, cause, answer -> {
                if (phase == Phase.ASKING) {
                    allowed(answer, this::connect);
                }
            });
        });
    }

    private void allowed(Destination answer, Consumer<ServerConfig> then) {
        switch (answer) {
            case Destination.Open(ServerConfig server) -> {
                if (!server.id().equals(session.server().id())) {
                    then.accept(server);
                } else if (session.whereabouts().isOnServer()) {
                    end(new ConnectionResult.AlreadyConnected());
                } else {
                    denied(Component.text("You were on that server already."));
                }
            }
            case Destination.Closed(Component reason) -> denied(reason);
        }
    }

    private void denied(Component reason) {
        end(new ConnectionResult.Denied(reason));
        if (!session.whereabouts().isOnServer()) {
            session.kick(session.whereabouts()
                    .loss()
                    .or(() -> origin)
                    .map(Failure::reason)
                    .orElse(reason));
        }
    }

    private void connect(ServerConfig server) {
        if (!redirects.allows(server.id())) {
            denied(Component.text("You were sent to \"" + server.id() + "\" before."));
            return;
        }
        redirects.note(server.id());
        target = server;
        phase = Phase.LOGGING_IN;
        var attempt = new ServerLogin(session, server, session.sessions().backends(), this);
        login = attempt;
        attempt.begin();
    }

    @Override
    public void ready(ByteBuf frame) {
        first = frame;
        phase = Phase.WAITING;
        session.whereabouts().bridge().whenSettled(this::takeOver);
    }

    private void takeOver() {
        if (phase == Phase.WAITING) {
            session.link().betweenFrames(this::handOver);
        }
    }

    /** The server that the player was on is lost: there is nothing to wait for, or nothing to be done. */
    void playerIsNowhere() {
        if (phase == Phase.WAITING) {
            takeOver();
        }
    }

    /** Nothing is under way to the client: the old server's frames end here. */
    private void handOver() {
        if (phase != Phase.WAITING || session.isEnding()) {
            return;
        }
        phase = Phase.BETWEEN;
        Link client = session.link();
        PacketIds ids = session.ids();
        PlayBridge old = session.whereabouts().bridge();
        boolean inGame = session.clientbound() == ConnectionState.PLAY;
        awaited = old.serverbound();
        if (old.isInBundle()) {
            client.send(Marker.BUNDLE_DELIMITER, ids, Marker.MARKER);
        }
        if (!session.hasConfiguration()) {
            session.holdChat();
            old.leftovers().clearGame(client);
        } else if (inGame) {
            client.send(Marker.START_CONFIGURATION, ids, Marker.MARKER);
            session.clientbound(ConnectionState.CONFIGURATION);
        }
        old.retire();
        client.flush();
        ServerConfig next = target;
        if (next != null) {
            session.whereabouts().movedTo(next);
        }
        client.receiver(this);
        if (session.hasConfiguration() && awaited != ConnectionState.CONFIGURATION) {
            client.walk().interest(acknowledgement());
        } else if (client.walk().isInsideFrame()) {
            // Its beginning has gone to the old server; the rest goes nowhere.
            client.walk().interest(Interest.NONE);
            client.inNextGap(this::arrived);
        } else {
            arrived();
        }
    }

    private Interest acknowledgement() {
        return awaited == ConnectionState.LOGIN
                ? Interest.in(session.ids(), PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED)
                : Interest.upTo(
                        ClientMemory.MAX_FRAME,
                        session.ids(),
                        PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION,
                        PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION,
                        PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE);
    }

    /** What the client sends while it is on no server. */
    @Override
    public boolean frame(Link from, int id, ByteBuf frame) {
        if (session.isEnding() || phase != Phase.BETWEEN) {
            return false;
        }
        switch (session.ids().type(awaited, Direction.SERVERBOUND, id)) {
            case SERVERBOUND_LOGIN_ACKNOWLEDGED, SERVERBOUND_PLAY_ACK_CONFIGURATION -> arrived();
            case SERVERBOUND_PLAY_CLIENT_INFORMATION -> remember(from, frame, session.memory()::information);
            case SERVERBOUND_PLAY_PLUGIN_MESSAGE ->
                remember(from, frame, body -> session.memory().message(session.ids(), body));
            default -> {}
        }
        return false;
    }

    private static void remember(Link from, ByteBuf frame, Consumer<ByteBuf> memory) {
        ByteBuf packet = from.unpack(frame);
        try {
            Wire.readVarInt(packet);
            memory.accept(packet);
        } finally {
            packet.release();
        }
    }

    /** The client understands the new server from here on. */
    private void arrived() {
        ServerLogin done = login;
        ServerConfig server = target;
        ByteBuf frame = first;
        if (phase != Phase.BETWEEN || done == null || server == null || frame == null || session.isEnding()) {
            return;
        }
        phase = Phase.ENTERING;
        disarm();
        first = null;
        Link client = session.link();
        Link backend = done.link();
        PlayBridge old = session.whereabouts().bridge();
        if (session.hasConfiguration()) {
            old.leftovers().clearConfiguration(client);
        }
        var bridge = PlayBridge.afterSwitch(session, server, backend, old);
        session.whereabouts().bridge(bridge);
        client.join(backend);
        bridge.begin();
        try {
            bridge.first(frame);
        } catch (MalformedPacketException why) {
            bridge.malformed(backend, why);
        } finally {
            frame.release();
        }
        backend.resume();
        client.flush();
        backend.flush();
    }

    /** The player is in the new server's world. */
    void entered(ServerConfig server) {
        if (phase == Phase.ENTERING) {
            end(new ConnectionResult.Connected(server.id()));
        }
    }

    /** The new server does not keep the player; says which servers have been tried. */
    Redirects lostOnTheWay(Failure failure) {
        end(new ConnectionResult.Failed(failure.reason()));
        return redirects;
    }

    /** Whether the player may still play on as if nothing had been wished. */
    boolean isWithoutTrace() {
        return phase != Phase.ENTERING && phase != Phase.OVER;
    }

    /** The player is gone. */
    void cancel() {
        end(new ConnectionResult.Cancelled());
    }

    private void late() {
        if (phase == Phase.BETWEEN) {
            session.client().refused(Refusal.TOO_SLOW);
            session.kick(SILENT_CLIENT);
        } else {
            ServerConfig server = target;
            if (server == null) {
                denied(TOO_SLOW); // the plugins did
            } else {
                failed(new Failure(server, KickedFromServerEvent.Cause.UNREACHABLE, TOO_SLOW));
            }
        }
    }

    @Override
    public void failed(Failure failure) {
        if (phase == Phase.OVER) {
            return;
        }
        end(new ConnectionResult.Failed(failure.reason()));
        // When the old server has been lost meanwhile, that is what the player has to be told.
        Optional<String> remainsOn = session.whereabouts().isOnServer()
                ? Optional.of(session.server().id())
                : Optional.empty();
        Failure told =
                remainsOn.isPresent() ? failure : session.whereabouts().loss().orElse(failure);
        Kick.decide(
                session, told, remainsOn, (server, why) -> session.whereabouts().redirect(server, why, redirects));
    }

    private void end(ConnectionResult how) {
        if (phase == Phase.OVER) {
            return;
        }
        boolean onTheWay = phase != Phase.ENTERING;
        phase = Phase.OVER;
        session.whereabouts().switchEnded(this);
        disarm();
        if (onTheWay && login != null) {
            login.cancel();
        }
        ByteBuf kept = first;
        if (kept != null) {
            first = null;
            kept.release();
        }
        result.complete(how);
    }

    private void disarm() {
        if (deadline != null) {
            deadline.disarm();
        }
    }

    @Override
    public void malformed(Link link, MalformedPacketException why) {
        session.client().malformed();
    }

    /** Only the client's link tells it: the new server's has its login for receiver until the bridge takes it. */
    @Override
    public void ended(Link link) {
        session.finish();
    }
}
