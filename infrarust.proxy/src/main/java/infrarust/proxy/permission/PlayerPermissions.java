package infrarust.proxy.permission;

import infrarust.api.command.CommandSource;
import infrarust.api.event.PermissionsSetupEvent;
import infrarust.api.event.Subscription;
import infrarust.api.permission.PermissionChecker;
import infrarust.api.permission.PermissionNode;
import infrarust.api.permission.PermissionProvider;
import infrarust.api.permission.PermissionRules;
import infrarust.api.permission.Tristate;
import infrarust.api.player.Player;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.service.Permissions;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What players may do. Settled for each while it logs in; asked from memory. One object for the whole proxy; any thread, and
 * nothing waits.
 *
 * <p>A name proves nothing about a player whom no session server has confirmed, so such a player is an admin only where the
 * configuration says so.
 */
public final class PlayerPermissions implements Permissions {

    /** What the proxy's own permissions begin with. */
    private static final String OWN = "infrarust.";

    /** Who may use {@code /infrarust} at all; {@code .list} and so on for what is behind it. */
    private static final String COMMAND = "infrarust.command";

    /** How long a plugin may take to say what a player may do. */
    static final Duration PROVIDER_TIME = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PlayerPermissions.class);

    private final Admins admins;
    private final EventDispatcher events;
    private final Deadlines deadlines;
    private final ConcurrentHashMap<String, Known> nodes = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable PermissionProvider> ofPlugin = new AtomicReference<>();
    private volatile Configured configured;

    /** A node and who made it known. */
    private record Known(String owner, PermissionNode node) {}

    /** The settings, and the admins among them in lower case. */
    private record Configured(PermissionSettings settings, Set<String> admins) {

        static Configured of(PermissionSettings settings) {
            Set<String> admins = new HashSet<>();
            settings.admins().forEach(admin -> admins.add(admin.toLowerCase(Locale.ROOT)));
            return new Configured(settings, Set.copyOf(admins));
        }

        boolean names(Player player) {
            return !admins.isEmpty()
                    && (admins.contains(player.profile().username().toLowerCase(Locale.ROOT))
                            || admins.contains(player.profile().uuid().toString()));
        }

        boolean names(String subject) {
            return admins.contains(subject.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * @param settings what the configuration allows
     * @param admins whom the command {@code op} has made admins
     * @param events where {@link PermissionsSetupEvent} is fired
     * @param deadlines the clock of what providers are given
     */
    public PlayerPermissions(PermissionSettings settings, Admins admins, EventDispatcher events, Deadlines deadlines) {
        this.configured = Configured.of(settings);
        this.admins = admins;
        this.events = events;
        this.deadlines = deadlines;
    }

    /** The configuration has changed; holds at once, for players who are connected too. */
    public void settings(PermissionSettings next) {
        configured = Configured.of(next);
    }

    /** Whether the source has that permission; the console has every one. */
    @Override
    public boolean has(CommandSource source, String node) {
        return source.player().map(player -> player.hasPermission(node)).orElse(true);
    }

    /** Whether that is an admin, of the configuration or by command, whose account can be trusted. */
    public boolean isAdmin(Player player) {
        Configured now = configured;
        return (player.isOnlineMode() || now.settings().trustOfflineAdmins())
                && (now.names(player) || admins.isAdmin(player));
    }

    /** Whether the configuration makes an admin of that name or UUID. */
    boolean isConfiguredAdmin(String subject) {
        return configured.names(subject);
    }

    /** Whether admins need no verified account. */
    boolean trustsOfflineAdmins() {
        return configured.settings().trustOfflineAdmins();
    }

    /** What is said about a node, in any case: by the player's checker, else by the node's default. */
    public Tristate value(Player player, PermissionChecker checker, String node) {
        String name = node.toLowerCase(Locale.ROOT); // the same object where there is nothing to change
        Tristate said;
        try {
            said = checker.value(name);
        } catch (RuntimeException e) { // a checker is foreign code
            LOG.warn("Who says what {} may do has failed at {}", player, name, e);
            said = Tristate.UNDEFINED;
        }
        return said == Tristate.UNDEFINED ? whenUnsaid(player, name) : said;
    }

    private Tristate whenUnsaid(Player player, String node) {
        if (node.startsWith(OWN)) {
            return Tristate.of(isOpen(node) || isAdmin(player));
        }
        Known known = nodes.get(node);
        if (known == null) {
            return Tristate.UNDEFINED;
        }
        return switch (known.node().whenUnsaid()) {
            case TRUE -> Tristate.TRUE;
            case FALSE -> Tristate.FALSE;
            case ADMIN -> Tristate.of(isAdmin(player));
        };
    }

    /** What the configuration opens to everybody. */
    private boolean isOpen(String node) {
        Set<String> open = configured.settings().playerCommands();
        if (node.equals(COMMAND)) {
            return !open.isEmpty();
        }
        return node.startsWith(COMMAND + ".") && open.contains(node.substring(COMMAND.length() + 1));
    }

    /** Admins may do everything; about others nothing is said. Asks anew each time, since both can change. */
    private PermissionChecker builtIn(Player player) {
        return node -> isAdmin(player) ? Tristate.TRUE : Tristate.UNDEFINED;
    }

    /** What has been settled: who is asked, or why the player may not come in. */
    private record Settled(PermissionChecker checker, Optional<Component> denied) {

        static Settled by(PermissionChecker checker) {
            return new Settled(checker, Optional.empty());
        }
    }

    /**
     * Settles what a player may do, and gives it to it.
     *
     * @return why the player may not come in, if a plugin says so; completes when it is settled, on any thread and never
     *     exceptionally; complete on return when nobody has to be asked
     */
    public <P extends Player & PermissionHolder> CompletionStage<Optional<Component>> setUp(P player) {
        return settle(player).thenApply(settled -> {
            player.hold(settled.checker());
            return settled.denied();
        });
    }

    /** Settles anew what these may do: a plugin has come or gone, and may have said it for some of them. */
    public void settleAnew(Collection<Player> players) {
        players.forEach(this::refresh);
    }

    private CompletionStage<Void> refresh(Player player) {
        return player instanceof PermissionHolder holder
                ? settle(player).thenAccept(settled -> holder.hold(settled.checker()))
                : CompletableFuture.completedStage(null);
    }

    private CompletionStage<Settled> settle(Player player) {
        CompletionStage<PermissionsSetupEvent> fired = events.fire(new PermissionsSetupEvent(player));
        return fired.thenCompose(event -> switch (event.result()) {
            case PermissionsSetupEvent.Result.Custom(PermissionChecker checker) ->
                CompletableFuture.completedStage(Settled.by(checker));
            case PermissionsSetupEvent.Result.Denied(Component reason) ->
                CompletableFuture.completedStage(new Settled(PermissionRules.none(), Optional.of(reason)));
            case PermissionsSetupEvent.Result.UseDefault() -> byDefault(player).thenApply(Settled::by);
        });
    }

    private CompletionStage<PermissionChecker> byDefault(Player player) {
        if (configured.settings().isBuiltIn()) {
            return CompletableFuture.completedStage(builtIn(player));
        }
        PermissionProvider provider = ofPlugin.get();
        if (provider == null) {
            return CompletableFuture.completedStage(PermissionRules.none());
        }
        return asked(provider, player).exceptionally(failure -> {
            LOG.warn(
                    "plugin '{}': what {} may do cannot be found out, and only defaults hold: {}",
                    configured.settings().provider(),
                    player,
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause().toString()
                            : failure.toString());
            return PermissionRules.none();
        });
    }

    private CompletionStage<PermissionChecker> asked(PermissionProvider provider, Player player) {
        var answer = new CompletableFuture<PermissionChecker>();
        Thread thread = Thread.ofVirtual().name("permissions").unstarted(() -> {
            try {
                var _ = provider.checkerOf(player).whenComplete((checker, failure) -> {
                    if (failure == null) {
                        answer.complete(checker);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (Throwable failure) { // a provider is foreign code
                answer.completeExceptionally(failure);
            }
        });
        Deadlines.Pending deadline = deadlines.after(PROVIDER_TIME, () -> {
            if (answer.completeExceptionally(
                    new TimeoutException("no answer within " + PROVIDER_TIME.toSeconds() + " s"))) {
                thread.interrupt();
            }
        });
        var _ = answer.whenComplete((checker, failure) -> deadline.cancel());
        thread.start();
        return answer;
    }

    /** The permissions as the plugin with that id sees them. */
    public infrarust.api.permission.Permissions of(String owner) {
        return new OfPlugin(owner);
    }

    private final class OfPlugin implements infrarust.api.permission.Permissions {

        private final String owner;

        OfPlugin(String owner) {
            this.owner = owner;
        }

        @Override
        public Subscription register(PermissionNode node) {
            if (node.name().startsWith(OWN)) {
                throw new IllegalArgumentException(
                        "the permission " + node.name() + " is the proxy's; let yours begin with " + owner + ".");
            }
            var added = new Known(owner, node);
            nodes.merge(node.name(), added, (present, next) -> {
                if (!present.owner().equals(owner)) {
                    throw new IllegalStateException("the permission " + node.name() + " is registered by the plugin '"
                            + present.owner() + "' already");
                }
                return next;
            });
            return () -> nodes.remove(node.name(), added);
        }

        @Override
        public Optional<PermissionNode> node(String name) {
            return Optional.ofNullable(nodes.get(name.toLowerCase(Locale.ROOT))).map(Known::node);
        }

        @Override
        public List<PermissionNode> nodes() {
            return nodes.values().stream()
                    .map(Known::node)
                    .sorted(Comparator.comparing(PermissionNode::name))
                    .toList();
        }

        @Override
        public Subscription provide(PermissionProvider provider) {
            PermissionSettings settings = configured.settings();
            if (settings.isBuiltIn() || !settings.provider().equals(owner)) {
                throw new IllegalStateException("[permissions] provider = \"" + settings.provider()
                        + "\" in infrarust.toml: the plugin '" + owner + "' is not asked what players may do");
            }
            ofPlugin.set(provider);
            LOG.info("What players may do is said by the plugin {}", owner);
            return () -> ofPlugin.compareAndSet(provider, null);
        }

        @Override
        public CompletionStage<Void> refresh(Player player) {
            return PlayerPermissions.this.refresh(player);
        }
    }
}
