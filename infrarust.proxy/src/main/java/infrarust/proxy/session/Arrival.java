package infrarust.proxy.session;

import infrarust.api.ban.LoginAttempt.Stage;
import infrarust.api.event.GameProfileRequestEvent;
import infrarust.api.event.GameProfileRequestEvent.Result;
import infrarust.api.event.LoginEvent;
import infrarust.api.player.GameProfile;
import infrarust.proxy.ban.BanBarrier;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;

/**
 * From the moment that it is known who a client is until the player is let in, and listed: what plugins say to the profile and
 * to the login, whether a ban keeps it out, what it may do, and who has the same account. The client waits, and is not read. Only the loop's thread.
 */
final class Arrival {

    /** How long whoever has the same account may take to be gone. */
    private static final Duration LEAVE_TIME = Duration.ofSeconds(5);

    private final Sessions sessions;
    private final ClientConnection client;
    private final Link link;
    private final LoginStart login;

    /** @param login what the client has said */
    Arrival(Sessions sessions, ClientConnection client, Link link, LoginStart login) {
        this.sessions = sessions;
        this.client = client;
        this.link = link;
        this.login = login;
    }

    /**
     * @param profile who it is
     * @param verified whether the session server has confirmed it
     * @param start the login start for servers as the client has sent it, id and body; taken
     */
    void begin(GameProfile profile, boolean verified, ByteBuf start) {
        sessions.events()
                .fire(
                        new GameProfileRequestEvent(
                                profile,
                                verified,
                                client.remoteAddress(),
                                client.handshake().protocol(),
                                client.route().host()),
                        client.eventLoop(),
                        event -> {
                            switch (event.result()) {
                                case Result.Use(GameProfile used)
                                when client.channel().isActive() ->
                                    arrive(
                                            used,
                                            verified,
                                            verified || !used.equals(profile) ? named(used, start) : start);
                                case Result.Denied(Component reason)
                                when client.channel().isActive() -> {
                                    start.release();
                                    client.refused(Refusal.PLUGIN);
                                    client.refuse(reason);
                                }
                                default -> start.release();
                            }
                        });
    }

    /** What the session server or a plugin says holds: the name may be another one, and the UUID is not the client's to choose. */
    private ByteBuf named(GameProfile profile, ByteBuf asSent) {
        boolean asSaid = login.name().equals(profile.username())
                && login.uuid().map(profile.uuid()::equals).orElse(true);
        if (asSaid) {
            return asSent;
        }
        asSent.release();
        return LoginStart.LAYOUT.encode(
                client.channel().alloc(),
                client.packetIds(),
                new LoginStart(
                        profile.username(), Optional.empty(), login.uuid().map(ignored -> profile.uuid())));
    }

    private void arrive(GameProfile profile, boolean verified, ByteBuf start) {
        var session = new Session(sessions, client, link, profile, verified, start);
        go(
                client,
                sessions.bans()
                        .check(BanBarrier.attempt(
                                Stage.POST_AUTH,
                                client,
                                client.route(),
                                Optional.of(profile.username()),
                                Optional.of(profile.uuid()),
                                verified)),
                banned -> unlessBanned(session, banned));
    }

    private void unlessBanned(Session session, Optional<Component> banned) {
        if (session.isOver()) {
            return;
        }
        if (banned.isPresent()) {
            client.refused(Refusal.BANNED);
            session.kick(banned.get());
            return;
        }
        go(client, sessions.permissions().setUp(session.player()), denied -> {
            if (session.isOver()) {
                return;
            }
            denied.ifPresentOrElse(session::kick, () -> login(session));
        });
    }

    private void login(Session session) {
        session.decide(new LoginEvent(session.player()), event -> {
            switch (event.result()) {
                case LoginEvent.Result.Allowed() -> whenAlone(session, () -> session.letIn(() -> enter(session)));
                case LoginEvent.Result.Denied(Component reason) -> {
                    client.refused(Refusal.PLUGIN);
                    session.kick(reason);
                }
            }
        });
    }

    private static void enter(Session session) {
        if (session.server().leadsIntoLimbo()) {
            LimboStage.login(session, new Entrance(session));
        } else {
            new Entrance(session).begin();
        }
    }

    /**
     * Sends away who is connected with the same account, and goes on when that session is over: servers do not like to see a
     * player twice, and would write the older one's belongings over the newer one's. The wait is bounded.
     *
     * @param then runs on the loop, at once when there is nobody; not when the client has left
     */
    private static void whenAlone(Session session, Runnable then) {
        if (!(session.sessions().players().byUuid(session.profile().uuid()).orElse(null)
                instanceof SessionPlayer older)) {
            then.run();
            return;
        }
        var alone = new CompletableFuture<Void>();
        Deadline longest = session.client().deadlines().arm(LEAVE_TIME, () -> alone.complete(null));
        var _ = older.session().displace().thenRun(() -> alone.complete(null));
        var _ = alone.thenRunAsync(
                () -> {
                    longest.disarm();
                    if (!session.isOver()) {
                        then.run();
                    }
                },
                session.client().eventLoop());
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
