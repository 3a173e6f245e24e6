package infrarust.proxy.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration at one moment: the proxy's own and its servers. Immutable; a reload makes another one, and a
 * session keeps the one it began with.
 */
public final class ProxySnapshot {

    private final ProxyConfig config;
    private final Map<String, ServerConfig> servers;

    private ProxySnapshot(ProxyConfig config, Map<String, ServerConfig> servers) {
        this.config = config;
        this.servers = Collections.unmodifiableMap(servers);
    }

    /**
     * Joins the parts; servers keep their order.
     *
     * @throws IllegalArgumentException when two servers have the same id
     */
    public static ProxySnapshot of(ProxyConfig config, Collection<ServerConfig> servers) {
        Map<String, ServerConfig> byId = new LinkedHashMap<>();
        for (ServerConfig server : servers) {
            if (byId.putIfAbsent(server.id(), server) != null) {
                throw new IllegalArgumentException("two servers have the id \"" + server.id() + "\"");
            }
        }
        return new ProxySnapshot(config, byId);
    }

    /** As {@link #of(ProxyConfig, Collection)}. */
    public static ProxySnapshot of(ProxyConfig config, ServerConfig... servers) {
        return of(config, List.of(servers));
    }

    /** The embedded default: every host leads into limbo. */
    public static ProxySnapshot embedded() {
        return of(ProxyConfig.defaults(), ServerConfig.limbo());
    }

    /** The proxy's own configuration. */
    public ProxyConfig config() {
        return config;
    }

    /** All servers in the order of their files. */
    public Collection<ServerConfig> servers() {
        return servers.values();
    }

    /** How that server is told who a player is. */
    public ForwardingMode forwarding(ServerConfig server) {
        return server.forwardingMode().orElse(config.forwarding().mode());
    }

    /** The server of that id, if there is one. */
    public Optional<ServerConfig> server(String id) {
        return Optional.ofNullable(servers.get(id));
    }
}
