package infrarust.proxy.session;

import infrarust.api.event.LimboEnterEvent;
import infrarust.api.event.ServerConnectedEvent;
import infrarust.api.event.ServerPostConnectEvent;
import infrarust.api.event.ServerPreConnectEvent.Cause;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Delivery;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.Marker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * Where a player is, and the one attempt to get it elsewhere that may be under way. Belongs to the client's loop,
 * unless a method says otherwise.
 */
final class Whereabouts {

    private static final Component NOWHERE =
            Component.text("You are not on a server, so you cannot be moved to another.");

    private final Session session;
    private ServerConfig server;
    private @Nullable Place place;
    private @Nullable Switch switching;
    /** What became of the server that the player was on, while a switch goes on without it. */
    private @Nullable Failure loss;

    /** @param server where the player's host name leads */
    Whereabouts(Session session, ServerConfig server) {
        this.session = session;
        this.server = server;
    }

    /** The server that the player is on; before and between servers, the one that it comes from or is meant to go to. */
    ServerConfig server() {
        return server;
    }

    /** The player counts as being on that server. */
    void movedTo(ServerConfig next) {
        if (place instanceof LimboStage limbo) {
            limbo.leftFor(next.id());
        }
        server = next;
        session.player().movedTo(Optional.of(next.id()));
    }

    /** The player counts as being on no server; where it comes from still says where it may go. */
    void movedToLimbo() {
        session.player().movedTo(Optional.empty());
    }

    /** The client is there from here on. */
    void place(Place next) {
        place = next;
        loss = null;
    }

    /** Where the client is, or was last. */
    Place place() {
        Place present = place;
        if (present == null) {
            throw new IllegalStateException("The player has not been anywhere yet");
        }
        return present;
    }

    /** Where the player stays if it goes nowhere else: nowhere when its server has been lost, or before there was one. */
    Optional<Place> stay() {
        Place present = place;
        return present == null || present.isRetired() ? Optional.empty() : Optional.of(present);
    }

    /** Lets the client have what it holds back because a bundle is open, before the end of what its server sends. */
    void closeBundle() {
        if (session.clientbound() == ConnectionState.PLAY
                && stay().filter(Place::isInBundle).isPresent()) {
            session.link().send(Marker.BUNDLE_DELIMITER, session.ids(), Marker.MARKER);
        }
    }

    /** Whether a failure need not end the player, who has a place or a way to one already; then the way's end decides. */
    boolean isOnItsWay(Failure why) {
        Switch present = switching;
        return present != null && isLeftTo(present, why);
    }

    boolean isSwitching() {
        return switching != null;
    }

    /** The failure of the server that the player was on, while a switch goes on without it. */
    Optional<Failure> loss() {
        return Optional.ofNullable(loss);
    }

    /** Plugins may want to see other packets than before. Any thread. */
    void interestChanged() {
        session.client().eventLoop().execute(() -> {
            if (place instanceof PlayBridge bridge && !session.isOver()) {
                bridge.interestChanged();
            }
        });
    }

    /**
     * Shows the client anew which commands it may use. The limbo has a list of the proxy's; a server's is not kept, and gets the
     * proxy's when the server sends it the next time. Any thread.
     */
    Delivery refreshCommands() {
        Delivery accepted = session.chat().accepts();
        if (accepted != Delivery.ACCEPTED || !session.ids().has(PacketType.CLIENTBOUND_PLAY_COMMANDS)) {
            return accepted;
        }
        interestChanged();
        return session.player().currentServer().isPresent()
                ? Delivery.REFUSED
                : session.chat().deliver(0, link -> {
                    if (place instanceof LimboStage) {
                        session.conversation().answers().introduce();
                    }
                });
    }

    /** Moves the player to another server. Any thread. */
    CompletionStage<ConnectionResult> connect(String wanted, Cause cause) {
        var result = new CompletableFuture<ConnectionResult>();
        try {
            session.client().eventLoop().execute(() -> {
                if (place == null && !session.isOver()) {
                    result.complete(new ConnectionResult.Failed(NOWHERE));
                } else if (session.isOver() || switching != null || stay().isEmpty()) {
                    result.complete(new ConnectionResult.Cancelled());
                } else {
                    Cause why = place instanceof LimboStage ? Cause.LIMBO_EXIT : cause;
                    begin(new Switch(session, why, new Redirects(), Optional.empty(), result), wanted);
                }
            });
        } catch (RejectedExecutionException stopping) {
            result.complete(new ConnectionResult.Cancelled());
        }
        return PlayerFuture.behindEvents(session.player(), result);
    }

    /**
     * Sends the player to a server because another one failed.
     *
     * @return whether that can be tried at all
     */
    boolean redirect(String wanted, Failure why, Redirects before) {
        if (session.isOver()) {
            return false;
        }
        Switch present = switching;
        if (present != null) {
            return isLeftTo(present, why);
        }
        if (!before.allows(wanted) || (stay().isEmpty() && !place().canBeRescued())) {
            return false;
        }
        begin(new Switch(session, Cause.KICK_REDIRECT, before, Optional.of(why), new CompletableFuture<>()), wanted);
        return true;
    }

    /**
     * Whether a player who is to be redirected is on its way already, because what had failed before has been decided meanwhile: then
     * nothing begins, and that way's end decides.
     */
    private boolean isLeftTo(Switch present, Failure why) {
        if (stay().isPresent()) {
            return true;
        }
        if (!present.isWithoutTrace() || !place().canBeRescued()) {
            return false;
        }
        loss = why;
        present.playerIsNowhere();
        return true;
    }

    private void begin(Switch next, String wanted) {
        switching = next;
        next.begin(wanted);
    }

    void switchEnded(Switch ended) {
        if (switching == ended) {
            switching = null;
        }
    }

    /** The server has let the player in. */
    void connected(ServerConfig taken, Optional<String> previous) {
        session.tell(new ServerConnectedEvent(session.player(), taken.id(), previous));
    }

    /** The player is in the world of the server. */
    void entered(ServerConfig entered, Optional<String> previous) {
        Switch done = switching;
        if (done != null && !done.isWithoutTrace()) {
            done.entered(entered.id());
        }
        session.tell(new ServerPostConnectEvent(session.player(), entered.id(), previous));
    }

    /** The player is in the limbo's world. */
    void enteredLimbo(Optional<String> previous) {
        Switch done = switching;
        if (done != null && !done.isWithoutTrace()) {
            done.entered(ServerConfig.LIMBO_ID);
        }
        session.tell(new LimboEnterEvent(session.player(), previous));
    }

    /** The server that the player was on, or was entering, is gone. */
    void lost(Failure failure) {
        Switch present = switching;
        if (present != null && present.isWithoutTrace() && place().canBeRescued()) {
            loss = failure;
            present.playerIsNowhere();
            return;
        }
        var before = new Redirects();
        if (present != null) {
            before = present.lostOnTheWay(failure);
        }
        Redirects tried = before.note(failure.server().id());
        Kick.decide(session, failure, Optional.empty(), (wanted, why) -> redirect(wanted, why, tried));
    }

    /** The player is gone, or has been told to go. */
    void leave() {
        Switch present = switching;
        if (present != null) {
            present.cancel();
        }
    }
}
