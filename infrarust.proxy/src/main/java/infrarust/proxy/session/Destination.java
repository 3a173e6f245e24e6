package infrarust.proxy.session;

import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.event.ServerPreConnectEvent.Cause;
import infrarust.api.event.ServerPreConnectEvent.Result;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.util.Optional;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;

/** Whether a player may go to a server: what the configuration says, then what the plugins say. */
sealed interface Destination {

    /** The player may go. */
    record Open(ServerConfig server) implements Destination {}

    /** The player may go into the limbo, which serves its version. */
    record Limbo() implements Destination {}

    /**
     * The player may not go.
     *
     * @param reason for the player
     */
    record Closed(Component reason) implements Destination {}

    /**
     * What the configuration says of a server that somebody names, who need not know it. The one that holds at the moment
     * decides, so that a player need not come again to reach a server that is new. What counts is the {@code network} of the
     * server that the player is on, was on last, or that its host name leads to.
     */
    static Destination named(Session session, String id) {
        ProxySnapshot now = session.client().currentConfiguration();
        Optional<ServerConfig> found = now.server(id);
        if (found.isEmpty() && id.equals(ServerConfig.LIMBO_ID)) {
            return limbo(session);
        }
        return found.isPresent()
                ? of(session, now.server(session.server().id()).orElse(session.server()), found.get())
                : new Closed(Component.text("There is no server \"" + id + "\"."));
    }

    /** The limbo, where the client's version has one. */
    static Destination limbo(Session session) {
        return session.sessions()
                .limbo()
                .refusal(session.ids())
                .<Destination>map(Closed::new)
                .orElseGet(Limbo::new);
    }

    private static Destination of(Session session, ServerConfig home, ServerConfig server) {
        if (server.id().equals(home.id())) {
            return server.leadsIntoLimbo() ? limbo(session) : new Open(server);
        }
        String name = "The server \"" + server.id() + "\" ";
        if (!server.proxyMode().intercepted()) {
            return new Closed(Component.text(
                    name + "cannot be switched to: its proxy_mode is neither \"offline\" nor \"client_only\"."));
        }
        // Both must name the same one: without that, a server which its operator has put into no group could be entered
        // past its own domain.
        if (server.network().isEmpty() || !server.network().equals(home.network())) {
            return new Closed(
                    Component.text(name + "is not of the same network as \"" + home.id() + "\", so you stay here."));
        }
        if (!isVerifiedEnough(session, server)) {
            return new Closed(Component.text(name + "takes verified accounts only."));
        }
        if (!session.client().isAllowedOn(server)) {
            return new Closed(Component.text(name + "does not take players from your address."));
        }
        if (server.leadsIntoLimbo()) {
            return limbo(session);
        }
        return new Open(server);
    }

    /**
     * A player whose account nobody has verified does not come past the door of a server that verifies accounts; unless it came
     * through such a door, where a plugin said that it need not be verified.
     */
    private static boolean isVerifiedEnough(Session session, ServerConfig server) {
        return session.isVerified()
                || server.proxyMode() != ProxyMode.CLIENT_ONLY
                || session.client().route().server().orElseThrow().proxyMode() == ProxyMode.CLIENT_ONLY;
    }

    /**
     * Asks the plugins, on the loop.
     *
     * @param previous the server that the player is on or comes from
     * @param answer hears the result on the loop, before this method returns when nobody listens; not when the player has gone
     */
    static void ask(
            Session session,
            ServerConfig server,
            Optional<String> previous,
            Cause cause,
            Consumer<Destination> answer) {
        session.decide(
                new ServerPreConnectEvent(session.player(), server.id(), previous, cause),
                event -> answer.accept(
                        switch (event.result()) {
                            case Result.Allowed() -> new Open(server);
                            case Result.Redirect(String other) -> named(session, other);
                            case Result.SendToLimbo() -> limbo(session);
                            case Result.Denied(Component reason) -> new Closed(reason);
                        }));
    }
}
