package infrarust.proxy.ban;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanAuditEntry;
import infrarust.api.ban.BanProvider;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import infrarust.api.ban.BanVerdict;
import infrarust.api.ban.Bans;
import infrarust.api.ban.BansUnavailableException;
import infrarust.api.ban.LoginAttempt;
import infrarust.api.ban.Page;
import infrarust.api.event.BanIssuedEvent;
import infrarust.api.event.BanRevokedEvent;
import infrarust.api.event.Subscription;
import infrarust.api.player.Player;
import infrarust.api.player.Players;
import infrarust.proxy.config.BanSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is kept out, whoever keeps the list: the proxy's own, a plugin, or nobody. One object for the whole proxy; any
 * thread, and nothing waits.
 */
public final class ProxyBans {

    /** How long a plugin's provider may take for what nobody waits for at the door. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ProxyBans.class);

    /** What follows a stage that is given out runs here, so that nobody can hold up the thread of the database. */
    private static final Executor AWAY = work -> Thread.ofVirtual().name("ban").start(work);

    private final BanSettings settings;
    private final StoredBans stored;
    private final EventDispatcher events;
    private final Players players;
    private final Deadlines deadlines;
    private final InstantSource clock;
    private final AtomicReference<@Nullable BanProvider> ofPlugin = new AtomicReference<>();

    /**
     * @param settings who keeps them
     * @param stored the proxy's own
     * @param events where is told what is done
     * @param players whom a new ban may hit
     * @param deadlines the clock of what providers are given
     * @param clock by which bans expire
     */
    public ProxyBans(
            BanSettings settings,
            StoredBans stored,
            EventDispatcher events,
            Players players,
            Deadlines deadlines,
            InstantSource clock) {
        this.settings = settings;
        this.stored = stored;
        this.events = events;
        this.players = players;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Begins to clear away what expires. */
    public void begin() {
        if (settings.isBuiltIn()) {
            var _ = deadlines.after(settings.purgeInterval(), () -> {
                var _ = stored.purge().whenComplete((count, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "Bans that have expired could not be cleared away: {}",
                                cause(failure).getMessage());
                    }
                });
                begin();
            });
        }
    }

    /** The bans as one source of them sees them. */
    public Bans of(BanSource source) {
        return new OfSource(source);
    }

    /** When bans are shown as they are now, by this clock. */
    InstantSource clock() {
        return clock;
    }

    /**
     * Whether somebody is kept out. From memory, and complete on return, unless a plugin keeps the bans. When it cannot
     * be found out, a login is refused and a ping is not.
     *
     * @return completes, on any thread and never exceptionally, with what the client shall be told, if it is kept out
     */
    public CompletionStage<Optional<Component>> check(LoginAttempt attempt) {
        if (settings.isBuiltIn()) {
            return CompletableFuture.completedFuture(
                    stored.find(attempt).map(ban -> BanText.toPlayer(ban, clock.instant())));
        }
        if (settings.isOff()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return bounded(settings.checkTimeout(), () -> provider().check(attempt)).handle((verdict, failure) -> {
            if (failure == null) {
                return verdict.map(
                        found -> found.kickMessage().orElseGet(() -> BanText.toPlayer(found.ban(), clock.instant())));
            }
            LOG.warn(
                    "plugin '{}': it cannot be found out who is banned: {}",
                    settings.provider(),
                    cause(failure).getMessage());
            return attempt.stage() == LoginAttempt.Stage.STATUS ? Optional.empty() : Optional.of(BanText.UNKNOWN);
        });
    }

    /**
     * Whether a ban has been issued that hits a player who had been let in before; only the proxy's own, from memory. For
     * the moment when a player is listed: a ban that came earlier has not found it there, one that comes later will.
     */
    public Optional<Component> missed(Player player) {
        if (!settings.isBuiltIn()) {
            return Optional.empty();
        }
        return stored.find(new LoginAttempt(
                        LoginAttempt.Stage.POST_AUTH,
                        player.remoteAddress().getAddress(),
                        Optional.of(player.profile().username()),
                        Optional.of(player.profile().uuid()),
                        player.isOnlineMode(),
                        Optional.empty(),
                        Optional.empty()))
                .map(ban -> BanText.toPlayer(ban, clock.instant()));
    }

    /** Whether a name may be among what is banned. A plugin that keeps the bans does not say, so its may be. Any thread. */
    boolean mayNameNames() {
        return settings.isBuiltIn() ? stored.hasNames() : !settings.isOff();
    }

    private BanProvider provider() {
        if (settings.isOff()) {
            throw new BansUnavailableException("bans are switched off: [ban] provider = \"none\"");
        }
        if (settings.isBuiltIn()) {
            return stored;
        }
        BanProvider provided = ofPlugin.get();
        if (provided == null) {
            throw new BansUnavailableException("[ban] provider = \"" + settings.provider()
                    + "\", and no plugin of that name keeps bans at the moment");
        }
        return provided;
    }

    /** Asks the provider; the proxy's own at once, a plugin's on a thread of its own and with a deadline. */
    private <T> CompletionStage<T> ask(Callable<CompletionStage<T>> question) {
        if (settings.isBuiltIn()) {
            try {
                return question.call().handleAsync(ProxyBans::toApi, AWAY);
            } catch (Exception e) {
                return CompletableFuture.failedStage(e);
            }
        }
        return bounded(ANSWER_TIME, question).handleAsync(ProxyBans::toApi, AWAY);
    }

    private static <T> T toApi(T value, Throwable failure) {
        if (failure == null) {
            return value;
        }
        Throwable cause = cause(failure);
        throw cause instanceof BansUnavailableException known
                ? known
                : new BansUnavailableException(String.valueOf(cause.getMessage()), cause);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private <T> CompletableFuture<T> bounded(Duration limit, Callable<CompletionStage<T>> question) {
        var answer = new CompletableFuture<T>();
        Thread thread = Thread.ofVirtual().name("ban-provider").unstarted(() -> {
            try {
                var _ = question.call().whenComplete((value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(cause(failure));
                    }
                });
            } catch (Throwable failure) { // a provider is foreign code
                answer.completeExceptionally(failure);
            }
        });
        Deadlines.Pending deadline = deadlines.after(limit, () -> {
            if (answer.completeExceptionally(new TimeoutException("no answer within " + limit.toMillis() + " ms"))) {
                thread.interrupt();
            }
        });
        var _ = answer.whenComplete((value, failure) -> deadline.cancel());
        thread.start();
        return answer;
    }

    private void kick(Ban ban) {
        for (Player player : players.all()) {
            if (ban.target()
                    .covers(
                            player.remoteAddress().getAddress(),
                            Optional.of(player.profile().username()),
                            Optional.of(player.profile().uuid()))) {
                player.disconnect(BanText.toPlayer(ban, clock.instant()));
            }
        }
    }

    private final class OfSource implements Bans {

        private final BanSource source;

        OfSource(BanSource source) {
            this.source = source;
        }

        @Override
        public CompletionStage<Ban> ban(BanRequest request) {
            return ask(() -> provider().ban(request, source)).thenApply(ban -> {
                LOG.info("Banned by {}: {}", source.text(), BanText.line(ban, clock.instant()));
                if (request.kick()) {
                    kick(ban);
                }
                var _ = events.fire(new BanIssuedEvent(ban, request.silent()));
                return ban;
            });
        }

        @Override
        public CompletionStage<Optional<Ban>> unban(BanTarget target) {
            return ask(() -> provider().unban(target, source)).thenApply(lifted -> {
                lifted.ifPresent(ban -> {
                    LOG.info("Unbanned by {}: {}", source.text(), ban.target());
                    var _ = events.fire(new BanRevokedEvent(ban, source, false));
                });
                return lifted;
            });
        }

        @Override
        public CompletionStage<Optional<Ban>> get(BanTarget target) {
            return ask(() -> provider().get(target));
        }

        @Override
        public CompletionStage<Optional<BanVerdict>> check(LoginAttempt attempt) {
            return ask(() -> provider().check(attempt));
        }

        @Override
        public CompletionStage<Page<Ban>> list(Optional<String> cursor, int limit) {
            return ask(() -> provider().list(cursor, Math.clamp(limit, 1, Page.MOST)));
        }

        @Override
        public CompletionStage<Page<BanAuditEntry>> audit(Optional<String> cursor, int limit) {
            return ask(() -> provider().audit(cursor, Math.clamp(limit, 1, Page.MOST)));
        }

        @Override
        public Subscription provide(BanProvider provider) {
            if (!(source instanceof BanSource.Plugin(String id) && settings.isOf(id))) {
                throw new IllegalStateException("[ban] provider = \"" + settings.provider() + "\" in infrarust.toml: "
                        + source.text() + " is not asked about bans");
            }
            ofPlugin.set(provider);
            LOG.info("Bans are kept by the plugin {}", id);
            // Only this very one: a plugin may have offered another meanwhile.
            return () -> ofPlugin.compareAndSet(provider, null);
        }
    }
}
