package infrarust.proxy.session;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.KickedFromServerEvent.Result;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.telemetry.Refusal;
import java.util.Optional;
import java.util.function.BiFunction;
import net.kyori.adventure.text.Component;

/** What becomes of a player whom a server does not keep or does not take: asks the plugins and does it. */
final class Kick {

    private Kick() {}

    /**
     * Decides, on the loop. Does nothing when the player has gone meanwhile.
     *
     * @param remainsOn the server that the player still is on, or the limbo
     * @param redirect sends the player to a server; answers whether it may go there at all
     */
    static void decide(
            Session session,
            Failure failure,
            Optional<String> remainsOn,
            BiFunction<String, Failure, Boolean> redirect) {
        session.decide(
                new KickedFromServerEvent(
                        session.player(), failure.server().id(), failure.reason(), failure.cause(), remainsOn),
                event -> {
                    switch (event.result()) {
                        case Result.DisconnectPlayer(Component reason) -> disconnect(session, failure, reason);
                        case Result.Redirect(String server) -> redirect(session, failure, remainsOn, redirect, server);
                        case Result.SendToLimbo() -> {
                            if (Destination.limbo(session) instanceof Destination.Closed(Component why)) {
                                end(
                                        session,
                                        failure,
                                        failure.reason()
                                                .append(Component.newline())
                                                .append(why),
                                        remainsOn);
                            } else {
                                redirect(session, failure, remainsOn, redirect, ServerConfig.LIMBO_ID);
                            }
                        }
                        case Result.Notify(Component message) -> {
                            if (remainsOn.isPresent()) {
                                session.chat().say(message);
                            } else {
                                end(session, failure, message, remainsOn);
                            }
                        }
                        case Result.Stay() -> end(session, failure, failure.reason(), remainsOn);
                    }
                });
    }

    private static void redirect(
            Session session,
            Failure failure,
            Optional<String> remainsOn,
            BiFunction<String, Failure, Boolean> redirect,
            String to) {
        if (!redirect.apply(to, failure)) {
            end(session, failure, failure.reason(), remainsOn);
        }
    }

    /** The player goes nowhere: who has no place to stay, and is not on the way to one meanwhile, is disconnected. */
    private static void end(Session session, Failure failure, Component reason, Optional<String> remainsOn) {
        if (remainsOn.isEmpty() && !session.whereabouts().isOnItsWay(failure)) {
            disconnect(session, failure, reason);
        }
    }

    private static void disconnect(Session session, Failure failure, Component reason) {
        boolean unreachable = failure.cause() == KickedFromServerEvent.Cause.UNREACHABLE
                || failure.cause() == KickedFromServerEvent.Cause.CONNECTION_LOST;
        if (unreachable && session.clientbound() == ConnectionState.LOGIN && !session.isOver()) {
            session.client().rejected(Refusal.SERVER_UNAVAILABLE);
        }
        session.kick(reason, DisconnectEvent.Cause.BACKEND_CLOSED);
    }
}
