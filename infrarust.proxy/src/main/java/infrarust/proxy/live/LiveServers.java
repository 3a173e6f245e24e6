package infrarust.proxy.live;

import infrarust.api.player.Players;
import infrarust.api.server.Server;
import infrarust.api.server.ServerAddress;
import infrarust.api.server.Servers;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.routing.Health;
import infrarust.proxy.routing.MemberStatus;
import infrarust.proxy.routing.Pool;
import infrarust.proxy.routing.Pools;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The servers of the configuration that holds now. Any thread. */
public final class LiveServers implements Servers {

    private final LiveConfiguration live;
    private final Pools pools;
    private final Players players;

    /** The servers of that configuration, with those addresses and players. */
    public LiveServers(LiveConfiguration live, Pools pools, Players players) {
        this.live = live;
        this.pools = pools;
        this.players = players;
    }

    @Override
    public List<Server> all() {
        return those(server -> true);
    }

    @Override
    public Optional<Server> byId(String id) {
        return live.snapshot().server(id).map(this::server);
    }

    @Override
    public List<Server> ofNetwork(String network) {
        return those(server -> server.network().filter(network::equals).isPresent());
    }

    @Override
    public Optional<Server> byHost(String host) {
        return live.serverFor(host).map(this::server);
    }

    private List<Server> those(Predicate<ServerConfig> wanted) {
        return live.snapshot().servers().stream()
                .filter(wanted)
                .map(this::server)
                .toList();
    }

    private Server server(ServerConfig server) {
        return new Server(
                server.id(),
                server.network(),
                server.domains(),
                server.addresses().stream().map(LiveServers::address).toList(),
                Server.Mode.valueOf(server.proxyMode().name()),
                state(server),
                players.onServer(server.id()).size(),
                server.maxPlayers());
    }

    private Server.State state(ServerConfig server) {
        if (server.leadsIntoLimbo()) {
            return Server.State.LIMBO;
        }
        return pools.of(server.id()).map(LiveServers::state).orElse(Server.State.AVAILABLE);
    }

    /** Whether players can get to one of the addresses. */
    public static Server.State state(Pool pool) {
        List<Health> all = pool.members().stream().map(MemberStatus::health).toList();
        if (all.isEmpty() || all.contains(Health.HEALTHY)) {
            return Server.State.AVAILABLE;
        }
        return all.contains(Health.DRAINING) ? Server.State.DRAINING : Server.State.UNREACHABLE;
    }

    /** An address as plugins know it. */
    public static ServerAddress address(Address address) {
        return new ServerAddress(address.host(), address.port());
    }
}
