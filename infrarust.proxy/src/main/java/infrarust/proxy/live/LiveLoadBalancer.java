package infrarust.proxy.live;

import infrarust.api.server.BackendHealth;
import infrarust.api.server.BackendStatus;
import infrarust.api.server.BalanceRule;
import infrarust.api.server.Drain;
import infrarust.api.server.LoadBalancer;
import infrarust.api.server.ServerAddress;
import infrarust.proxy.config.Address;
import infrarust.proxy.routing.MemberStatus;
import infrarust.proxy.routing.Pools;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The addresses of the servers as one plugin sees them. Any thread. */
public final class LiveLoadBalancer implements LoadBalancer {

    private final String plugin;
    private final Pools pools;

    /** How many drains of the plugin each address has. */
    private final Map<Drained, Integer> drains = new HashMap<>();

    private record Drained(String server, Address address) {}

    /**
     * @param plugin in whose name addresses are drained
     * @param pools the addresses
     */
    public LiveLoadBalancer(String plugin, Pools pools) {
        this.plugin = plugin;
        this.pools = pools;
    }

    @Override
    public Optional<BalanceRule> rule(String server) {
        return pools.of(server)
                .map(pool ->
                        BalanceRule.valueOf(pool.server().balancing().balance().name()));
    }

    @Override
    public List<BackendStatus> backends(String server) {
        return pools.of(server)
                .map(pool ->
                        pool.members().stream().map(LiveLoadBalancer::status).toList())
                .orElse(List.of());
    }

    private static BackendStatus status(MemberStatus member) {
        return new BackendStatus(
                LiveServers.address(member.address()),
                member.weight(),
                member.effectiveWeight(),
                BackendHealth.valueOf(member.health().name()),
                member.active(),
                member.ejections(),
                member.healthyFor(),
                member.drainedBy(),
                member.lastFailure());
    }

    @Override
    public Optional<Drain> drain(String server, ServerAddress address) {
        var drained = new Drained(server, new Address(address.host(), address.port()));
        synchronized (drains) {
            if (!apply(drained, true)) {
                return Optional.empty();
            }
            drains.merge(drained, 1, Integer::sum);
        }
        return Optional.of(new Drain() {
            private boolean ended;

            @Override
            public void end() {
                synchronized (drains) {
                    if (!ended) {
                        ended = true;
                        if (drains.merge(drained, -1, Integer::sum) == 0) {
                            drains.remove(drained);
                            apply(drained, false);
                        }
                    }
                }
            }
        });
    }

    private boolean apply(Drained drained, boolean draining) {
        return pools.of(drained.server())
                .map(pool -> pool.drain(drained.address(), plugin, draining))
                .orElse(false);
    }

    @Override
    public boolean reset(String server, ServerAddress address) {
        return pools.of(server)
                .map(pool -> pool.reset(new Address(address.host(), address.port())))
                .orElse(false);
    }
}
