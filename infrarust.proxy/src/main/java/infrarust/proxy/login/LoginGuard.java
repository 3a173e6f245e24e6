package infrarust.proxy.login;

import infrarust.api.event.PreLoginEvent;
import infrarust.api.player.GameProfile;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.ClientConnection;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;

/** Asks the plugins whether a player may log in. One object for the whole proxy; any thread. */
public final class LoginGuard {

    private final EventDispatcher events;

    /** @param events where {@link PreLoginEvent} is fired */
    public LoginGuard(EventDispatcher events) {
        this.events = events;
    }

    /** How the player has to prove who it is. */
    public enum Authentication {
        /** As the server's mode says. */
        AS_CONFIGURED,
        /** By the session server. */
        ONLINE,
        /** Not at all. */
        OFFLINE
    }

    /** What was decided. */
    public sealed interface Verdict {

        /** The login goes on. */
        record Allowed(Authentication by) implements Verdict {}

        /**
         * The login ends.
         *
         * @param reason shown by the client
         */
        record Denied(Component reason) implements Verdict {}
    }

    /**
     * Fires the event and waits for its listeners, without blocking.
     *
     * @param answer hears the verdict on the client's event loop; before this method returns when nobody listens
     */
    public void ask(ClientConnection client, GameProfile profile, Consumer<Verdict> answer) {
        var event = new PreLoginEvent(
                profile,
                client.remoteAddress(),
                client.handshake().protocol(),
                client.route().host());
        events.fire(event, client.eventLoop(), done -> answer.accept(verdict(done)));
    }

    private static Verdict verdict(PreLoginEvent event) {
        return switch (event.result()) {
            case PreLoginEvent.Result.Allowed() -> new Verdict.Allowed(Authentication.AS_CONFIGURED);
            case PreLoginEvent.Result.ForceOffline() -> new Verdict.Allowed(Authentication.OFFLINE);
            case PreLoginEvent.Result.ForceOnline() -> new Verdict.Allowed(Authentication.ONLINE);
            case PreLoginEvent.Result.Denied(Component reason) -> new Verdict.Denied(reason);
        };
    }
}
