package infrarust.proxy;

import infrarust.api.ban.BanSource;
import infrarust.api.ban.Bans;
import infrarust.api.event.EventBus;
import infrarust.api.event.PluginDisabledEvent;
import infrarust.api.event.PluginEnabledEvent;
import infrarust.api.permission.Permissions;
import infrarust.api.player.Players;
import infrarust.proxy.ban.BanCommands;
import infrarust.proxy.ban.BanImport;
import infrarust.proxy.ban.ProxyBans;
import infrarust.proxy.ban.StoredBans;
import infrarust.proxy.command.Operations;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.permission.AdminCommands;
import infrarust.proxy.permission.Admins;
import infrarust.proxy.permission.PlayerPermissions;
import infrarust.proxy.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is kept out, and who may do what: what is kept of that, read at the start while the rest of the proxy gets ready. */
final class AccessSetup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessSetup.class);

    private final ProxyConfig config;
    private final EventDispatcher events;
    private final Players players;
    private final Database database;
    private final StoredBans stored;
    private final ProxyBans bans;
    private final BanImport imports;
    private final Admins admins;
    private final PlayerPermissions permissions;
    private CompletableFuture<Void> known = CompletableFuture.completedFuture(null);

    /** Opens nothing yet. */
    AccessSetup(
            ProxyConfig config, EventDispatcher events, Players players, Deadlines deadlines, Path workingDirectory) {
        InstantSource clock = InstantSource.system();
        this.config = config;
        this.events = events;
        this.players = players;
        database = new Database(config.database());
        stored = new StoredBans(database, clock, config.ban().auditLog());
        bans = new ProxyBans(config.ban(), stored, events, players, deadlines, clock);
        imports = new BanImport(stored, clock, workingDirectory);
        admins = new Admins(database, clock);
        permissions = new PlayerPermissions(config.permissions(), admins, events, deadlines);
    }

    ProxyBans bans() {
        return bans;
    }

    PlayerPermissions permissions() {
        return permissions;
    }

    /** The bans as the plugin with that id sees them. */
    Bans bansOf(String plugin) {
        return bans.of(new BanSource.Plugin(plugin));
    }

    /** What can be permitted, as the plugin with that id sees it. */
    Permissions permissionsOf(String plugin) {
        return permissions.of(plugin);
    }

    /** Begins to read what is kept. */
    void load() {
        CompletableFuture<Void> read = admins.load().toCompletableFuture();
        known = config.ban().isBuiltIn()
                ? read.thenCompose(nothing -> stored.load())
                        .thenCompose(nothing -> imports.atStart(config.ban().importFile()))
                : read;
        bans.begin();
    }

    /**
     * Waits until it is known; without it nobody may be let in.
     *
     * @throws StartException when it cannot be read
     */
    void await() throws StartException, InterruptedException {
        try {
            known.get();
        } catch (ExecutionException e) {
            throw new StartException(String.valueOf(e.getCause().getMessage()), e);
        }
        // Those that are enabled at start have nobody to settle anything for.
        EventBus bus = events.busOf("infrarust");
        bus.subscribe(PluginEnabledEvent.class, event -> permissions.settleAnew(players.all()));
        bus.subscribe(PluginDisabledEvent.class, event -> permissions.settleAnew(players.all()));
        if (stored.size() > 0) {
            LOG.info("Bans: {} in {}", stored.size(), database.file());
        }
    }

    /** What operators can do about it. */
    void offer(Operations operations) {
        new BanCommands(bans, players, imports).addTo(operations);
        new AdminCommands(admins, permissions, players, config.permissions().admins()).addTo(operations);
    }

    /** Waits for what is being kept. */
    @Override
    public void close() {
        database.close();
    }
}
