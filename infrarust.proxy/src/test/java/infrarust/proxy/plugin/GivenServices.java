package infrarust.proxy.plugin;

import infrarust.api.ban.BanSource;
import infrarust.proxy.ban.GivenBans;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.FilterRegistry;
import infrarust.proxy.live.LiveConfigService;
import infrarust.proxy.live.LiveConfiguration;
import infrarust.proxy.live.LiveLoadBalancer;
import infrarust.proxy.live.LiveServers;
import infrarust.proxy.live.Reloads;
import infrarust.proxy.permission.GivenPermissions;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.service.MessageChannels;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.service.ServiceDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The services of a proxy on which nobody is, for tests that do not care for most of them. */
public final class GivenServices {

    private GivenServices() {}

    /** Everything at rest. */
    public static PluginServices of(EventDispatcher events, Deadlines clock) {
        return of(events, new ProxyCommands(clock, (source, node) -> true), clock, id -> PluginSettings.defaults());
    }

    /** With those players. */
    public static PluginServices of(EventDispatcher events, OnlinePlayers players, Deadlines clock) {
        return of(
                events,
                players,
                new ProxyCommands(clock, (source, node) -> true),
                clock,
                Path.of("plugins"),
                id -> PluginSettings.defaults());
    }

    /** With those commands, and what the operator has set for each plugin. */
    public static PluginServices of(
            EventDispatcher events,
            ProxyCommands commands,
            Deadlines clock,
            Function<String, PluginSettings> settings) {
        return of(events, new OnlinePlayers(), commands, clock, Path.of("plugins"), settings);
    }

    /** With all that differs. */
    public static PluginServices of(
            EventDispatcher events,
            OnlinePlayers players,
            ProxyCommands commands,
            Deadlines clock,
            Path pluginsDir,
            Function<String, PluginSettings> settings) {
        var snapshot = ProxySnapshot.of(ProxyConfig.defaults(), List.of());
        var live = new LiveConfiguration(snapshot);
        var pools = new Pools(snapshot, System::nanoTime, change -> {});
        var files = new ConfigLoader.Loaded(
                snapshot, ConfigLoader.Request.defaults(), Optional.empty(), "", List.of(), List.of(), List.of());
        var reloads = new Reloads(new ConfigLoader(pluginsDir), files, events, live);
        var filters = new FilterRegistry(Duration.ofSeconds(10), Duration.ofSeconds(5));
        return new PluginServices(
                events,
                players,
                commands::of,
                filters::of,
                id -> new LiveConfigService(id, reloads, live),
                new LiveServers(live, pools, players),
                id -> new LiveLoadBalancer(id, pools),
                new ServiceDirectory(events::fire),
                new PluginList(),
                new GivenProxy(),
                id -> GivenBans.none(events, players, clock).of(new BanSource.Plugin(id)),
                id -> GivenPermissions.of(PermissionSettings.defaults(), events, clock)
                        .of(id),
                new MessageChannels(players),
                clock,
                pluginsDir,
                settings);
    }
}
