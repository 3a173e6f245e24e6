package infrarust.proxy.session;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.ServerPreConnectEvent.Cause;
import infrarust.api.player.ConnectionResult;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to move a player from one server to another, or from or to the limbo. Until the new server has let the player in
 * and has sent its first frame, the player plays on and the attempt can end without a trace. Then the old server's frames stop
 * between two of them, and after an {@link Interlude} the client is the new server's. Only the loop's thread.
 */
final class Switch implements ServerLogin.Listener {

    /** From the wish until the old server's frames end, and again until the player is in the new one's world. */
    static final Duration WHOLE = Duration.ofSeconds(30);

    private static final Component NO_WORLD =
            Component.text("The server has taken you, but its world is taking too long.");
    private static final Component TOO_SLOW = Component.text("The server took too long to let you in.");

    private final Session session;
    private final Cause cause;
    private final Redirects redirects;
    private final Optional<Failure> origin;
    private final CompletableFuture<ConnectionResult> result;
    private Phase phase = Phase.ASKING;
    /** Where the player is to go; nothing until plugins have said so, and for the limbo. */
    private @Nullable ServerConfig target;

    private @Nullable ServerLogin login;
    private @Nullable ByteBuf first;
    private @Nullable Interlude interlude;
    private @Nullable Deadline deadline;

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
            Optional<String> previous = session.whereabouts().place().server().map(ServerConfig::id);
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
                if (isElsewhere(server.id())) {
                    then.accept(server);
                }
            }
            case Destination.Limbo() -> {
                if (isElsewhere(ServerConfig.LIMBO_ID)) {
                    connected();
                }
            }
            case Destination.Closed(Component reason) -> denied(reason);
        }
    }

    /** Whether that is not where the player is; otherwise that was all. */
    private boolean isElsewhere(String id) {
        Whereabouts whereabouts = session.whereabouts();
        if (!whereabouts.place().id().equals(id)) {
            return true;
        }
        if (whereabouts.stay().isPresent()) {
            end(new ConnectionResult.AlreadyConnected());
        } else {
            denied(Component.text("You were on that server already."));
        }
        return false;
    }

    private void denied(Component reason) {
        end(new ConnectionResult.Denied(reason));
        if (session.whereabouts().stay().isEmpty()) {
            session.whereabouts()
                    .loss()
                    .or(() -> origin)
                    .ifPresentOrElse(
                            lost -> session.kick(lost.reason(), DisconnectEvent.Cause.BACKEND_CLOSED),
                            () -> session.kick(reason));
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
        connected();
    }

    /** The next place waits for the player. */
    private void connected() {
        phase = Phase.WAITING;
        session.whereabouts().place().whenSettled(this::takeOver);
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
        disarm(); // the client has a time of its own
        var between = new Interlude(session, this::arrived);
        interlude = between;
        between.begin();
        ServerConfig next = target;
        if (next != null) {
            session.whereabouts().movedTo(next);
        } else {
            session.whereabouts().movedToLimbo();
        }
        between.await();
    }

    /** The client understands its new place from here on. */
    private void arrived() {
        if (phase != Phase.BETWEEN) {
            return;
        }
        phase = Phase.ENTERING;
        deadline =
                session.client().deadlines().arm(WHOLE, () -> result.complete(new ConnectionResult.Failed(NO_WORLD)));
        Place old = session.whereabouts().place();
        if (session.hasConfiguration()) {
            old.leftovers().clearConfiguration(session.link());
        }
        ServerLogin done = login;
        ServerConfig server = target;
        ByteBuf frame = first;
        if (done != null && server != null && frame != null) {
            first = null;
            session.whereabouts().connected(server, old.server().map(ServerConfig::id));
            bridge(PlayBridge.afterSwitch(session, server, done.link(), old), done, frame);
        } else {
            LimboStage.enter(session);
        }
    }

    private void bridge(PlayBridge bridge, ServerLogin done, ByteBuf frame) {
        Link client = session.link();
        Link backend = done.link();
        session.whereabouts().place(bridge);
        client.join(backend);
        bridge.begin();
        if (session.hasConfiguration() && done.toldAt() != session.memory().changes()) {
            session.memory().introduce(backend, session.ids(), ConnectionState.CONFIGURATION);
        }
        try {
            bridge.first(frame);
        } catch (MalformedPacketException why) {
            bridge.malformed(backend, why);
        } finally {
            frame.release();
        }
        bridge.resume();
        client.flush();
        backend.flush();
    }

    /**
     * The player is in the world of its new place.
     *
     * @param id of the server, or the limbo's
     */
    void entered(String id) {
        if (phase == Phase.ENTERING) {
            end(new ConnectionResult.Connected(id));
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
        ServerConfig server = target;
        if (server == null) {
            denied(TOO_SLOW); // the plugins did
        } else {
            failed(new Failure(server, KickedFromServerEvent.Cause.UNREACHABLE, TOO_SLOW));
        }
    }

    @Override
    public void failed(Failure failure) {
        if (phase == Phase.OVER) {
            return;
        }
        end(new ConnectionResult.Failed(failure.reason()));
        // When the old server has been lost meanwhile, that is what the player has to be told.
        Optional<String> remainsOn = session.whereabouts().stay().map(Place::id);
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
        if (interlude != null) {
            interlude.cancel();
        }
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
}
