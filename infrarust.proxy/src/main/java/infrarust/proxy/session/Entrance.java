package infrarust.proxy.session;

import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent.Result;
import infrarust.api.event.ServerPreConnectEvent.Cause;
import infrarust.proxy.config.ServerConfig;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.kyori.adventure.text.Component;

/**
 * From the end of the login's first part until a server has let the player in: which server is the first, and which one comes
 * next when that one does not take the player. Only the loop's thread.
 */
final class Entrance {

    private final Session session;
    private final Redirects redirects = new Redirects();
    /** Questions of servers that did not take the player, which the client may still answer. */
    private final Set<Integer> unanswered = new HashSet<>();
    /** How many cookies they have asked for that the client has not sent; clients answer in order. */
    private int cookies;

    Entrance(Session session) {
        this.session = session;
    }

    void begin() {
        session.decide(
                new PlayerChooseInitialServerEvent(
                        session.player(), session.server().id()),
                event -> {
                    switch (event.result()) {
                        case Result.Allowed() -> ask(session.server(), Cause.INITIAL);
                        case Result.Redirect(String other) -> go(Destination.named(session, other));
                        case Result.SendToLimbo() -> go(Destination.limbo(session));
                        case Result.Denied(Component reason) -> session.kick(reason);
                    }
                });
    }

    private void go(Destination first) {
        switch (first) {
            case Destination.Open(ServerConfig server) -> ask(server, Cause.INITIAL);
            case Destination.Limbo() -> enterLimbo();
            case Destination.Closed(Component reason) -> session.kick(reason);
        }
    }

    private void ask(ServerConfig server, Cause cause) {
        Destination.ask(session, server, Optional.empty(), cause, answer -> {
            switch (answer) {
                case Destination.Open(ServerConfig open) -> {
                    redirects.note(open.id());
                    new BackendStage(session, open, this).begin();
                }
                case Destination.Limbo() -> enterLimbo();
                case Destination.Closed(Component reason) -> session.kick(reason);
            }
        });
    }

    /** The player logs in to the proxy itself. */
    private void enterLimbo() {
        LimboStage.login(session, this);
    }

    /** The client has not answered these questions of a server that does not wait for the answers any more. */
    void unanswered(Set<Integer> ids, int cookiesAsked) {
        unanswered.addAll(ids);
        cookies += cookiesAsked;
    }

    /** Whether such an answer may still come. */
    boolean isOwedAnswers() {
        return cookies > 0 || !unanswered.isEmpty();
    }

    /**
     * Turns compression on towards the client, unless an answer may be on its way: nobody could tell in which of the two forms it
     * comes, and every client understands a session without.
     */
    void compress(int threshold) {
        if (!isOwedAnswers()) {
            session.compress(threshold);
        }
    }

    /** Whether the answer is to a server that does not wait for it any more. */
    boolean isTooLate(int id) {
        return unanswered.remove(id);
    }

    /** As {@link #isTooLate}, of a cookie that the client sends. */
    boolean isCookieTooLate() {
        if (cookies == 0) {
            return false;
        }
        cookies--;
        return true;
    }

    /** The server has not taken the player. */
    void failed(Failure failure) {
        Kick.decide(session, failure, Optional.empty(), (wanted, why) -> {
            if (!redirects.allows(wanted)) {
                return false;
            }
            return switch (Destination.named(session, wanted)) {
                case Destination.Open(ServerConfig server) -> {
                    ask(server, Cause.KICK_REDIRECT);
                    yield true;
                }
                case Destination.Limbo() -> {
                    enterLimbo();
                    yield true;
                }
                case Destination.Closed closed -> false;
            };
        });
    }
}
