package infrarust.proxy.forward;

import infrarust.api.event.Event;
import infrarust.api.event.LoginEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.telemetry.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;

/**
 * What plugins say to a login that is only forwarded: from the login start until it is clear which server the player goes to. The
 * client has seen no answer yet, so it can be told a reason. Only the loop's thread.
 */
final class ForwardedLogin {

    private static final List<Class<? extends Event>> ASKED = List.of(
            PreLoginEvent.class,
            LoginEvent.class,
            PostLoginEvent.class,
            PlayerChooseInitialServerEvent.class,
            ServerPreConnectEvent.class);

    private static final Component NO_LIMBO = Component.text("Limbo is not available on this server");

    private final Forwarding forwarding;
    private final ClientConnection client;
    private final ServerConfig home;
    private final ForwardedPlayer player;

    /**
     * @param home where the host name leads
     * @param name as the client says it
     */
    ForwardedLogin(Forwarding forwarding, ClientConnection client, ServerConfig home, String name) {
        this.forwarding = forwarding;
        this.client = client;
        this.home = home;
        this.player = new ForwardedPlayer(forwarding, client, name);
    }

    /** Whether a plugin wants to hear of logins at all. */
    static boolean isHeard(EventDispatcher events) {
        for (Class<? extends Event> type : ASKED) {
            if (events.isHeard(type)) {
                return true;
            }
        }
        return false;
    }

    ForwardedPlayer player() {
        return player;
    }

    /** @param then hears which server the player goes to; not when it has been refused, or has gone */
    void begin(Consumer<ServerConfig> then) {
        forwarding.guard().ask(client, player.profile(), verdict -> {
            if (client.channel().isActive()) {
                switch (verdict) {
                    // Who has to prove what is for the server to say.
                    case LoginGuard.Verdict.Allowed allowed -> login(then);
                    case LoginGuard.Verdict.Denied(Component reason) -> refuse(reason);
                }
            }
        });
    }

    private void login(Consumer<ServerConfig> then) {
        ask(new LoginEvent(player), event -> {
            switch (event.result()) {
                case LoginEvent.Result.Allowed() -> {
                    player.list();
                    ask(new PostLoginEvent(player), told -> choose(then));
                }
                case LoginEvent.Result.Denied(Component reason) -> refuse(reason);
            }
        });
    }

    private void choose(Consumer<ServerConfig> then) {
        ask(new PlayerChooseInitialServerEvent(player, home.id()), event -> {
            switch (event.result()) {
                case PlayerChooseInitialServerEvent.Result.Allowed() -> connect(home, then);
                case PlayerChooseInitialServerEvent.Result.Redirect(String other) ->
                    redirect(other, chosen -> connect(chosen, then));
                case PlayerChooseInitialServerEvent.Result.SendToLimbo() -> refuse(NO_LIMBO);
                case PlayerChooseInitialServerEvent.Result.Denied(Component reason) -> refuse(reason);
            }
        });
    }

    private void connect(ServerConfig server, Consumer<ServerConfig> then) {
        var asked =
                new ServerPreConnectEvent(player, server.id(), Optional.empty(), ServerPreConnectEvent.Cause.INITIAL);
        ask(asked, event -> {
            switch (event.result()) {
                case ServerPreConnectEvent.Result.Allowed() -> then.accept(server);
                case ServerPreConnectEvent.Result.Redirect(String other) -> redirect(other, then);
                case ServerPreConnectEvent.Result.SendToLimbo() -> refuse(NO_LIMBO);
                case ServerPreConnectEvent.Result.Denied(Component reason) -> refuse(reason);
            }
        });
    }

    /** A server that only forwards too asks who the player is itself, so it need not be of a network; its address filter counts. */
    private void redirect(String id, Consumer<ServerConfig> then) {
        Optional<ServerConfig> found = client.route().snapshot().server(id);
        String name = "The server \"" + id + "\" ";
        if (found.isEmpty()) {
            refuse(Component.text("There is no server \"" + id + "\"."));
            return;
        }
        ServerConfig server = found.get();
        if (server.id().equals(home.id())) {
            then.accept(server);
        } else if (server.proxyMode().intercepted()) {
            refuse(Component.text(name + "is not one that you can be forwarded to."));
        } else if (!client.isAllowedOn(server)) {
            refuse(Component.text(name + "does not take players from your address."));
        } else {
            then.accept(server);
        }
    }

    private <E extends Event> void ask(E event, Consumer<? super E> then) {
        forwarding.events().fire(event, client.eventLoop(), done -> {
            if (client.channel().isActive() && !player.isLeaving()) {
                then.accept(done);
            }
        });
    }

    private void refuse(Component reason) {
        client.counted(Refusal.PLUGIN);
        if (!player.isListed()) { // else its end is told
            client.rejected(Refusal.PLUGIN);
        }
        player.disconnect(reason);
    }
}
