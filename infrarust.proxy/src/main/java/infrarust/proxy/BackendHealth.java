package infrarust.proxy;

import infrarust.api.event.BackendHealthEvent;
import infrarust.api.event.ServerStateChangeEvent;
import infrarust.api.server.Server;
import infrarust.proxy.config.ConfigDiff;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.live.Follower;
import infrarust.proxy.live.LiveServers;
import infrarust.proxy.net.Network;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.routing.HealthChange;
import infrarust.proxy.routing.HealthChecks;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.status.BackendProbe;
import infrarust.proxy.telemetry.BackendCounters;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of all servers: who reaches them, who looks after them, and what log and plugins hear of them. */
final class BackendHealth implements Follower {

    private static final Logger LOG = LoggerFactory.getLogger(BackendHealth.class);

    private final EventDispatcher events;
    private final BackendCounters counters = new BackendCounters();
    private final Pools pools;
    /** Of servers to whose addresses something has happened; one that is not here takes players. */
    private final Map<String, Server.State> states = new ConcurrentHashMap<>();

    private volatile Optional<Looking> looking = Optional.empty();
    private volatile int maxConcurrent;

    private record Looking(HealthChecks checks, EventLoop loop) {}

    BackendHealth(ProxySnapshot snapshot, EventDispatcher events) {
        this.events = events;
        this.maxConcurrent = snapshot.config().activeHealth().maxConcurrent();
        this.pools = new Pools(snapshot, System::nanoTime, this::changed);
    }

    /** The addresses of each server. */
    Pools pools() {
        return pools;
    }

    /** How servers are reached. */
    Backends backends(Network network) {
        return new Backends(network.connector(), pools, counters);
    }

    /** Begins to look after the addresses, on one of the loops, until the network ends. */
    void watch(Network network, PacketTable packets) {
        EventLoop loop = network.nextLoop();
        loop.execute(() -> {
            var checks = new HealthChecks(
                    pools,
                    maxConcurrent,
                    new BackendProbe(network.scope(loop), packets, network.connector()),
                    System::nanoTime,
                    RandomGenerator.getDefault());
            looking = Optional.of(new Looking(checks, loop));
            var _ = loop.scheduleWithFixedDelay(
                    () -> tick(checks),
                    HealthChecks.TICK.toMillis(),
                    HealthChecks.TICK.toMillis(),
                    TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public Runnable prepare(ProxySnapshot next, ConfigDiff diff) {
        if (diff.isEmpty()) {
            return () -> {};
        }
        return () -> {
            maxConcurrent = next.config().activeHealth().maxConcurrent();
            pools.configure(next);
            looking.ifPresent(those -> those.loop().execute(() -> those.checks().configure(maxConcurrent)));
        };
    }

    private static void tick(HealthChecks checks) {
        try {
            checks.tick();
        } catch (RuntimeException e) { // it would end all later ones in silence
            LOG.warn("Looking after the addresses of servers failed", e);
        }
    }

    private void changed(HealthChange change) {
        if (change.kind() == HealthChange.Kind.LEFT_OUT) {
            counters.ejected();
            LOG.warn(change.text());
        } else {
            if (change.kind() == HealthChange.Kind.RETURNED) {
                counters.returned();
            }
            LOG.info(change.text());
        }
        tell(change);
    }

    private void tell(HealthChange change) {
        if (events.isHeard(BackendHealthEvent.class)) {
            var _ = events.fire(new BackendHealthEvent(
                    change.server(),
                    LiveServers.address(change.address()),
                    infrarust.api.server.BackendHealth.valueOf(change.health().name()),
                    change.text()));
        }
        Server.State current = pools.of(change.server()).map(LiveServers::state).orElse(Server.State.AVAILABLE);
        Server.State previous =
                Optional.ofNullable(states.put(change.server(), current)).orElse(Server.State.AVAILABLE);
        if (previous != current && events.isHeard(ServerStateChangeEvent.class)) {
            var _ = events.fire(new ServerStateChangeEvent(change.server(), previous, current));
        }
    }

    /** What has happened to the addresses so far, if anything has, for the end of the log. */
    Optional<String> summary() {
        return counters.isZero() ? Optional.empty() : Optional.of(counters.toString());
    }
}
