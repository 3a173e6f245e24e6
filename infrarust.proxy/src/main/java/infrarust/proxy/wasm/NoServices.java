package infrarust.proxy.wasm;

import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.PluginRegistry;
import infrarust.api.ProxyInfo;
import infrarust.api.Settings;
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
 * The services of a component that is only asked who it is: none but its log. It holds no capability, so a gate has refused
 * each of its calls before it would come here.
 */
record NoServices(Logger logger) implements PluginContext {

    @Override
    public PluginMetadata metadata() {
        throw notYet();
    }

    @Override
    public EventBus events() {
        throw notYet();
    }

    @Override
    public Players players() {
        throw notYet();
    }

    @Override
    public Commands commands() {
        throw notYet();
    }

    @Override
    public Messaging messaging() {
        throw notYet();
    }

    @Override
    public ConfigService configuration() {
        throw notYet();
    }

    @Override
    public Servers servers() {
        throw notYet();
    }

    @Override
    public LoadBalancer loadBalancer() {
        throw notYet();
    }

    @Override
    public Bans bans() {
        throw notYet();
    }

    @Override
    public Permissions permissions() {
        throw notYet();
    }

    @Override
    public Filters filters() {
        throw notYet();
    }

    @Override
    public Scheduler scheduler() {
        throw notYet();
    }

    @Override
    public ServiceRegistry services() {
        throw notYet();
    }

    @Override
    public PluginRegistry plugins() {
        throw notYet();
    }

    @Override
    public ProxyInfo proxy() {
        throw notYet();
    }

    @Override
    public Settings settings() {
        throw notYet();
    }

    @Override
    public Path dataFolder() {
        throw notYet();
    }

    private static IllegalStateException notYet() {
        return new IllegalStateException("a component that is only asked who it is has no services");
    }
}
