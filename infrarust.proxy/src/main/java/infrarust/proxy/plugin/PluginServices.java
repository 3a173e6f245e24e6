package infrarust.proxy.plugin;

import infrarust.api.ProxyInfo;
import infrarust.api.ban.Bans;
import infrarust.api.command.Commands;
import infrarust.api.config.ConfigService;
import infrarust.api.filter.Filters;
import infrarust.api.message.Messaging;
import infrarust.api.permission.Permissions;
import infrarust.api.player.Players;
import infrarust.api.server.LoadBalancer;
import infrarust.api.server.Servers;
import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.service.ServiceDirectory;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What plugins are given of the proxy.
 *
 * @param events the event bus
 * @param players who is connected
 * @param commands where a plugin registers its commands, by its id
 * @param filters where a plugin registers its filters, by its id
 * @param configuration the configuration as a plugin sees it, by its id
 * @param servers the servers behind the proxy
 * @param balancers the addresses of the servers as a plugin sees them, by its id
 * @param offers what plugins offer each other
 * @param list which plugins there are; filled by {@link Plugins}
 * @param proxy the proxy itself
 * @param bans who is kept out, as a plugin sees it by its id
 * @param permissions what can be permitted, as a plugin sees it by its id
 * @param messaging channels of plugin messages
 * @param deadlines the clock of every deadline
 * @param pluginsDir the plugins folder; a plugin's data folder is inside it, under the plugin's id
 * @param settings the operator's settings by plugin id
 */
public record PluginServices(
        EventDispatcher events,
        Players players,
        Function<String, Commands> commands,
        Function<String, Filters> filters,
        Function<String, ConfigService> configuration,
        Servers servers,
        Function<String, LoadBalancer> balancers,
        ServiceDirectory offers,
        PluginList list,
        ProxyInfo proxy,
        Function<String, Bans> bans,
        Function<String, Permissions> permissions,
        Messaging messaging,
        Deadlines deadlines,
        Path pluginsDir,
        Function<String, PluginSettings> settings) {}
