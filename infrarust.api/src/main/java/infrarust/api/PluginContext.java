package infrarust.api;

import infrarust.api.ban.Bans;
import infrarust.api.command.Commands;
import infrarust.api.config.ConfigService;
import infrarust.api.event.EventBus;
import infrarust.api.filter.Filters;
import infrarust.api.message.Messaging;
import infrarust.api.permission.Permissions;
import infrarust.api.player.Players;
import infrarust.api.scheduler.Scheduler;
import infrarust.api.server.LoadBalancer;
import infrarust.api.server.Servers;
import infrarust.api.service.ServiceRegistry;
import java.nio.file.Path;
import org.slf4j.Logger;

/**
 * What the proxy gives to one plugin. Everything registered through it belongs to the plugin and is removed when the plugin
 * is disabled. Any thread may use it from {@link Plugin#onEnable} on; once the plugin is disabled, registering throws {@link
 * IllegalStateException}.
 */
public interface PluginContext {

    /** The plugin's own metadata. */
    PluginMetadata metadata();

    /** Where to subscribe to events. */
    EventBus events();

    /** Who is connected. */
    Players players();

    /** Where to register commands. */
    Commands commands();

    /** Channels of plugin messages. */
    Messaging messaging();

    /** The configuration, and where to add servers to it. */
    ConfigService configuration();

    /** The servers behind the proxy. */
    Servers servers();

    /** How the addresses of the servers are, and which of them take players. */
    LoadBalancer loadBalancer();

    /** Who is kept out. */
    Bans bans();

    /** What can be permitted. */
    Permissions permissions();

    /** Where to register filters of packets and connections. */
    Filters filters();

    /** Runs things later, or again and again. */
    Scheduler scheduler();

    /** What plugins offer each other. */
    ServiceRegistry services();

    /** Which plugins there are. */
    PluginRegistry plugins();

    /** The proxy itself. */
    ProxyInfo proxy();

    /** What the operator has set for this plugin in the configuration. */
    Settings settings();

    /** The plugin's log; its name ends with the plugin's id. */
    Logger logger();

    /**
     * The folder where the plugin keeps its files: {@code <plugins folder>/<plugin id>}. It may not exist yet; a plugin that
     * writes creates it.
     */
    Path dataFolder();
}
