package infrarust.proxy.session;

import infrarust.api.event.ServerConnectedEvent;
import infrarust.api.event.ServerPreConnectEvent.Cause;
import infrarust.api.player.ConnectionResult;
import infrarust.proxy.config.ServerConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * Which server a player is on, and the one attempt to get it to another that may be under way. Belongs to the client's loop,
 * unless a method says otherwise.
 */
final class Whereabouts {

    private static final Component NOWHERE =
            Component.text("You are not on a server, so you cannot be moved to another.");

    private final Session session;
    private ServerConfig server;
    private @Nullable PlayBridge bridge;
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
        server = next;
        session.player().movedTo(next.id());
    }

    /** Frames pass over this bridge from here on. */
    void bridge(PlayBridge next) {
        bridge = next;
        loss = null;
    }

    /** What lies between the client and its server, or lay between them last. */
    PlayBridge bridge() {
        PlayBridge present = bridge;
        if (present == null) {
            throw new IllegalStateException("The player has not been on a server yet");
        }
        return present;
    }

    /** Whether the player is on a server that has not been lost. */
    boolean isOnServer() {
        return bridge != null && !bridge.isRetired();
    }

    boolean isSwitching() {
        return switching != null;
    }

    /** The failure of the server that the player was on, while a switch goes on without it. */
    Optional<Failure> loss() {
        return Optional.ofNullable(loss);
    }

    /** Moves the player to another server. Any thread. */
    CompletionStage<ConnectionResult> connect(String wanted) {
        var result = new CompletableFuture<ConnectionResult>();
        try {
            session.client().eventLoop().execute(() -> {
                if (bridge == null && !session.isOver()) {
                    result.complete(new ConnectionResult.Failed(NOWHERE));
                } else if (session.isOver() || switching != null || !isOnServer()) {
                    result.complete(new ConnectionResult.Cancelled());
                } else {
                    begin(new Switch(session, Cause.SWITCH, new Redirects(), Optional.empty(), result), wanted);
                }
            });
        } catch (RejectedExecutionException stopping) {
            result.complete(new ConnectionResult.Cancelled());
        }
        return result.minimalCompletionStage();
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
        if (!before.allows(wanted) || (!isOnServer() && !bridge().entry().canBeRescued())) {
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
        if (isOnServer()) {
            return true;
        }
        if (!present.isWithoutTrace() || !bridge().entry().canBeRescued()) {
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

    /** The player is in the world of the server. */
    void entered(ServerConfig entered, Optional<String> previous) {
        Switch done = switching;
        if (done != null && !done.isWithoutTrace()) {
            done.entered(entered);
        }
        var _ = session.sessions().events().fire(new ServerConnectedEvent(session.player(), entered.id(), previous));
    }

    /** The server that the player was on, or was entering, is gone. */
    void lost(Failure failure) {
        Switch present = switching;
        if (present != null && present.isWithoutTrace() && bridge().entry().canBeRescued()) {
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
