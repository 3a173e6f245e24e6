package infrarust.proxy.wasm.contract023;

import infrarust.api.server.Server;
import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.contract023.Types.ProxyMode;
import infrarust.proxy.wasm.contract023.Types.ServerAddress;
import infrarust.proxy.wasm.contract023.Types.ServerConfig;
import java.util.List;
import java.util.Optional;

/**
 * Serves {@link ConfigService}. What the API does not say of a server is given as its default: no limbo handlers, no message, no
 * PROXY protocol.
 */
final class ConfigServiceHost implements ConfigService {

    private final GuestHost host;

    ConfigServiceHost(GuestHost host) {
        this.host = host;
    }

    @Override
    public Optional<ServerConfig> getServerConfig(String server) {
        return mayRead("get-server-config")
                ? host.plugin().servers().byId(server).map(ConfigServiceHost::toGuest)
                : Optional.empty();
    }

    @Override
    public List<ServerConfig> getAllServerConfigs() {
        return mayRead("get-all-server-configs")
                ? host.plugin().servers().all().stream()
                        .map(ConfigServiceHost::toGuest)
                        .toList()
                : List.of();
    }

    @Override
    public Optional<String> getValue(String key) {
        return mayRead("get-value") ? host.plugin().configuration().value(key) : Optional.empty();
    }

    private boolean mayRead(String function) {
        return host.gate().allows(Capability.CONFIG_READ, "config-service." + function);
    }

    private static ServerConfig toGuest(Server server) {
        ProxyMode mode = switch (server.mode()) {
            case PASSTHROUGH -> ProxyMode.PASSTHROUGH;
            case ZERO_COPY -> ProxyMode.ZERO_COPY;
            case SERVER_ONLY -> ProxyMode.SERVER_ONLY;
            case CLIENT_ONLY -> ProxyMode.CLIENT_ONLY;
            case OFFLINE -> ProxyMode.OFFLINE;
        };
        return new ServerConfig(
                server.id(),
                server.network(),
                server.addresses().stream()
                        .map(one -> new ServerAddress(one.host(), one.port()))
                        .toList(),
                server.domains(),
                mode,
                List.of(),
                server.maxPlayers(),
                Optional.empty(),
                false,
                false);
    }
}
