package infrarust.proxy;

import infrarust.api.config.ConfigService;
import infrarust.api.player.Players;
import infrarust.api.server.LoadBalancer;
import infrarust.api.server.Servers;
import infrarust.proxy.command.Operations;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.ConfigWatch;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.live.ConfigCommand;
import infrarust.proxy.live.Follower;
import infrarust.proxy.live.LiveConfigService;
import infrarust.proxy.live.LiveConfiguration;
import infrarust.proxy.live.LiveLoadBalancer;
import infrarust.proxy.live.LiveServers;
import infrarust.proxy.live.Reloads;
import infrarust.proxy.live.ServerCommand;
import java.nio.file.Path;
import java.util.List;

/** The configuration of a proxy that runs: what holds, how it changes, and what plugins and operators see of it. */
final class LiveSetup {

    private final ProxySnapshot first;
    private final LiveConfiguration live;
    private final Reloads reloads;
    private final BackendHealth health;
    private final Servers servers;

    LiveSetup(ConfigLoader.Loaded loaded, Path workingDirectory, EventDispatcher events, Players players) {
        first = loaded.snapshot();
        live = new LiveConfiguration(first);
        reloads = new Reloads(new ConfigLoader(workingDirectory), loaded, events, live);
        health = new BackendHealth(first, events);
        servers = new LiveServers(live, health.pools(), players);
        // Before the plugins start: what they add has addresses at once.
        follow(health);
    }

    /** What holds now. */
    LiveConfiguration configuration() {
        return live;
    }

    Reloads reloads() {
        return reloads;
    }

    BackendHealth health() {
        return health;
    }

    Servers servers() {
        return servers;
    }

    /** The configuration as that plugin sees it. */
    ConfigService configuration(String plugin) {
        return new LiveConfigService(plugin, reloads, live);
    }

    /** The addresses as that plugin sees them. */
    LoadBalancer balancer(String plugin) {
        return new LiveLoadBalancer(plugin, health.pools());
    }

    /** These go over to each other configuration too. They were made from the one of the start. */
    void follow(Follower... parts) {
        reloads.follow(first, List.of(parts));
    }

    /**
     * Begins to watch the files.
     *
     * @return ends it
     */
    Runnable watch() {
        var watch = new ConfigWatch(reloads::watched, reloads::reload);
        watch.start();
        return watch::close;
    }

    /** What operators can do about it. */
    void addTo(Operations operations) {
        ConfigCommand.addTo(operations, reloads);
        ServerCommand.addTo(operations, servers, health.pools(), reloads);
    }
}
