package infrarust.proxy.session;

import infrarust.api.ban.LoginAttempt.Stage;
import infrarust.proxy.ban.BanBarrier;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.telemetry.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;

/**
 * From the moment that it is known who a player is until its first server is looked for: whether a ban keeps it out, what
 * it may do, and the end of an older connection of the same account. Only the loop's thread.
 */
final class Arrival {

    private final Session session;
    private final Sessions sessions;

    Arrival(Session session) {
        this.session = session;
        this.sessions = session.sessions();
    }

    void begin() {
        ClientConnection client = session.client();
        go(
                client,
                sessions.bans()
                        .check(BanBarrier.attempt(
                                Stage.POST_AUTH,
                                client,
                                client.route(),
                                Optional.of(session.profile().username()),
                                Optional.of(session.profile().uuid()),
                                session.isVerified())),
                this::unlessBanned);
    }

    private void unlessBanned(Optional<Component> banned) {
        if (session.isOver()) {
            return;
        }
        if (banned.isPresent()) {
            session.client().refused(Refusal.BANNED);
            session.kick(banned.get());
            return;
        }
        go(session.client(), sessions.permissions().setUp(session.player()), denied -> {
            if (session.isOver()) {
                return;
            }
            denied.ifPresentOrElse(session::kick, () -> session.whenAlone(this::enter));
        });
    }

    private void enter() {
        if (session.server().leadsIntoLimbo()) {
            LimboStage.login(session, new Entrance(session));
        } else {
            new Entrance(session).begin();
        }
    }

    /** Goes on upon the client's loop, at once when there is nothing to wait for. The stage must not fail. */
    static <T> void go(ClientConnection client, CompletionStage<T> stage, Consumer<? super T> next) {
        if (stage.toCompletableFuture().isDone()) {
            next.accept(stage.toCompletableFuture().join());
        } else {
            var _ = stage.thenAcceptAsync(next, client.eventLoop());
        }
    }
}
