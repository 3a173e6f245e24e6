package infrarust.proxy.plugin;

import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.PluginRegistry;
import infrarust.api.ProxyInfo;
import infrarust.api.Settings;
import infrarust.api.ban.Bans;
import infrarust.api.command.Commands;
import infrarust.api.config.ConfigService;
import infrarust.api.event.AsyncEventListener;
import infrarust.api.event.Event;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventListener;
import infrarust.api.event.EventPriority;
import infrarust.api.event.Subscription;
import infrarust.api.filter.Filters;
import infrarust.api.message.Messaging;
import infrarust.api.permission.Permissions;
import infrarust.api.player.Players;
import infrarust.api.scheduler.Scheduler;
import infrarust.api.server.LoadBalancer;
import infrarust.api.server.Servers;
import infrarust.api.service.ServiceRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns what one plugin has registered. Closing it removes all of that, last registered first, and refuses everything new.
 * Any thread may use it.
 */
public final class PluginScope implements PluginContext, AutoCloseable {

    private final PluginMetadata metadata;
    private final PluginServices services;
    private final Path dataFolder;
    private final Logger logger;
    private final EventBus events;
    private final Commands commands;
    private final ConfigService configuration;
    private final Servers servers;
    private final LoadBalancer balancer;
    private final OwnedFilters filters;
    private final Scheduler scheduler;
    private final ServiceRegistry offers;
    private final TableSettings settings;
    private final Bans bans;
    private final Permissions permissions;
    private final Messaging messaging;

    /** Guards {@link #owned} and {@link #closed}; never held while foreign code runs. */
    private final Object lock = new Object();

    private final Set<Runnable> owned = new LinkedHashSet<>();
    private boolean closed;

    /** Opens the scope of one plugin, which sees these services through it. */
    public PluginScope(PluginMetadata metadata, PluginServices services) {
        this.metadata = metadata;
        this.services = services;
        this.dataFolder = services.pluginsDir().resolve(metadata.id());
        this.logger = LoggerFactory.getLogger("plugin." + metadata.id());
        this.events = new OwnedEvents(services.events().busOf(metadata.id()));
        Commands all = services.commands().apply(metadata.id());
        this.commands = (spec, command) -> OwnedCommand.of(this, () -> all.register(spec, command));
        this.configuration =
                new OwnedConfiguration(this, services.configuration().apply(metadata.id()));
        this.servers = services.servers();
        this.balancer = new OwnedBalancer(this, services.balancers().apply(metadata.id()));
        this.filters = new OwnedFilters(this, services.filters().apply(metadata.id()));
        this.scheduler = new OwnedTasks(this, services.deadlines());
        this.offers = new OwnedServices(this, services.offers());
        this.settings = TableSettings.of(
                metadata.id(), services.settings().apply(metadata.id()).options());
        this.bans = new OwnedBans(this, services.bans().apply(metadata.id()));
        this.permissions = new OwnedPermissions(this, services.permissions().apply(metadata.id()));
        this.messaging = new OwnedMessaging(this, services.messaging());
    }

    @Override
    public PluginMetadata metadata() {
        return metadata;
    }

    @Override
    public EventBus events() {
        return events;
    }

    @Override
    public Players players() {
        return services.players();
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public Messaging messaging() {
        return messaging;
    }

    @Override
    public ConfigService configuration() {
        return configuration;
    }

    @Override
    public Servers servers() {
        return servers;
    }

    @Override
    public LoadBalancer loadBalancer() {
        return balancer;
    }

    @Override
    public Filters filters() {
        return filters;
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public ServiceRegistry services() {
        return offers;
    }

    @Override
    public PluginRegistry plugins() {
        return services.list();
    }

    @Override
    public ProxyInfo proxy() {
        return services.proxy();
    }

    @Override
    public Settings settings() {
        return settings;
    }

    /** What the plugin's filters keep out. */
    OwnedFilters.Kept kept() {
        return filters.kept();
    }

    /** The keys of the plugin's settings that it has not asked for so far. */
    List<String> unaskedSettings() {
        return settings.unasked();
    }

    @Override
    public Bans bans() {
        return bans;
    }

    @Override
    public Permissions permissions() {
        return permissions;
    }

    @Override
    public Logger logger() {
        return logger;
    }

    @Override
    public Path dataFolder() {
        return dataFolder;
    }

    /**
     * Registers something whose removal is {@code removal}, which runs once: when the scope closes, or when the returned
     * action is run before.
     *
     * @param registration makes the registration and answers its removal; not run if the scope is closed
     * @return removes it now
     * @throws IllegalStateException if the scope is closed
     */
    public Runnable own(Supplier<Runnable> registration) {
        requireOpen();
        Runnable removal = registration.get();
        synchronized (lock) {
            if (!closed) {
                owned.add(removal);
                return () -> release(removal);
            }
        }
        removal.run(); // closed while the registration was being made
        throw disabled();
    }

    /** How many registrations there are. */
    public int size() {
        synchronized (lock) {
            return owned.size();
        }
    }

    /** Removes everything. A removal that fails is logged and does not keep the others. */
    @Override
    public void close() {
        List<Runnable> removals;
        synchronized (lock) {
            closed = true;
            removals = new ArrayList<>(owned);
            owned.clear();
        }
        for (Runnable removal : removals.reversed()) {
            try {
                removal.run();
            } catch (RuntimeException failure) { // the rest must go all the same
                logger.error("plugin '{}': something that it registered could not be removed", metadata.id(), failure);
            }
        }
    }

    private void release(Runnable removal) {
        boolean present;
        synchronized (lock) {
            present = owned.remove(removal);
        }
        if (present) {
            removal.run();
        }
    }

    private void requireOpen() {
        synchronized (lock) {
            if (closed) {
                throw disabled();
            }
        }
    }

    private IllegalStateException disabled() {
        return new IllegalStateException(
                "plugin '" + metadata.id() + "' is disabled and can register nothing any more");
    }

    /** The bus as the plugin sees it. */
    private final class OwnedEvents implements EventBus {

        private final EventBus bus;

        OwnedEvents(EventBus bus) {
            this.bus = bus;
        }

        @Override
        public <E extends Event> Subscription subscribe(
                Class<E> type, EventPriority priority, EventListener<? super E> listener) {
            return own(() -> bus.subscribe(type, priority, listener)::cancel)::run;
        }

        @Override
        public <E extends Event> Subscription subscribeAsync(
                Class<E> type, EventPriority priority, AsyncEventListener<? super E> listener) {
            return own(() -> bus.subscribeAsync(type, priority, listener)::cancel)::run;
        }

        @Override
        public <E extends Event> CompletionStage<E> fire(E event) {
            requireOpen();
            return bus.fire(event);
        }
    }
}
