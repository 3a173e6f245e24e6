package infrarust.proxy.ban;

import infrarust.api.ban.LoginAttempt;
import infrarust.api.ban.LoginAttempt.Stage;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.gate.JoinHandler;
import infrarust.proxy.gate.LegacyPingHandler;
import infrarust.proxy.gate.NameCheck;
import infrarust.proxy.gate.Route;
import infrarust.proxy.gate.StatusHandler;
import infrarust.proxy.telemetry.Refusal;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;

/**
 * Stands before the rooms behind the gate, and in the way of who is banned. One object for the whole proxy; each client's
 * loop.
 */
public final class BanBarrier {

    private final ProxyBans bans;

    /** @param bans who is kept out */
    public BanBarrier(ProxyBans bans) {
        this.bans = bans;
    }

    /** Serves only pings from addresses that are not banned; the others find nobody there. */
    public StatusHandler beforePings(StatusHandler next) {
        return client -> pass(client, unnamed(Stage.STATUS, client, client.route()), banned -> {
            if (banned.isPresent()) {
                client.refused(Refusal.BANNED);
                client.close();
            } else {
                next.handle(client);
            }
        });
    }

    /** As {@link #beforePings}, for old clients. */
    public LegacyPingHandler beforeLegacyPings(LegacyPingHandler next) {
        return client -> {
            var attempt = new LoginAttempt(
                    Stage.STATUS,
                    client.remoteAddress().getAddress(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty());
            pass(client, attempt, banned -> {
                if (banned.isPresent()) {
                    client.refused(Refusal.BANNED);
                    client.close();
                } else {
                    next.handle(client);
                }
            });
        };
    }

    /** Serves only logins from addresses that are not banned. For rooms that do not learn who comes. */
    public JoinHandler beforeLogins(JoinHandler next) {
        return client -> pass(client, unnamed(Stage.PRE_AUTH, client, client.route()), banned -> {
            if (banned.isPresent()) {
                client.refused(Refusal.BANNED);
                client.refuse(banned.get());
            } else {
                next.handle(client);
            }
        });
    }

    /** Says no to names that are banned. For rooms that learn a name and ask nobody to prove it. */
    public NameCheck names() {
        return new NameCheck() {
            @Override
            public boolean matters() {
                return bans.mayNameNames();
            }

            @Override
            public CompletionStage<Optional<Component>> check(ClientConnection client, String name) {
                return bans.check(
                        attempt(Stage.PRE_AUTH, client, client.route(), Optional.of(name), Optional.empty(), false));
            }
        };
    }

    private static LoginAttempt unnamed(Stage stage, ClientConnection client, Route route) {
        return attempt(stage, client, route, Optional.empty(), Optional.empty(), false);
    }

    /** Somebody who says a name, and who has perhaps proven it. */
    public static LoginAttempt attempt(
            Stage stage,
            ClientConnection client,
            Route route,
            Optional<String> name,
            Optional<UUID> uuid,
            boolean verified) {
        return new LoginAttempt(
                stage,
                client.remoteAddress().getAddress(),
                name,
                uuid,
                verified,
                Optional.of(route.host()),
                route.server().map(ServerConfig::id));
    }

    private void pass(ClientConnection client, LoginAttempt attempt, Consumer<Optional<Component>> then) {
        CompletionStage<Optional<Component>> check = bans.check(attempt);
        if (check.toCompletableFuture().isDone()) {
            then.accept(check.toCompletableFuture().join());
            return;
        }
        client.hold();
        var _ = check.thenAcceptAsync(
                banned -> {
                    if (client.channel().isActive()) {
                        client.goOn();
                        then.accept(banned);
                    }
                },
                client.eventLoop());
    }
}
