package infrarust.proxy;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.net.Network;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.routing.HealthChange;
import infrarust.proxy.routing.HealthChecks;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.status.BackendProbe;
import infrarust.proxy.telemetry.BackendCounters;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of all servers: who reaches them, who looks after them, and what the log says of them. */
final class BackendHealth {

    private static final Logger LOG = LoggerFactory.getLogger(BackendHealth.class);

    private final ProxySnapshot snapshot;
    private final Network network;
    private final BackendCounters counters = new BackendCounters();
    private final Pools pools;

    BackendHealth(ProxySnapshot snapshot, Network network) {
        this.snapshot = snapshot;
        this.network = network;
        this.pools = new Pools(snapshot, System::nanoTime, this::changed);
    }

    /** How servers are reached. */
    Backends backends() {
        return new Backends(network.connector(), pools, counters);
    }

    /** Begins to look after the addresses, on one of the loops, until the network ends. */
    void watch(PacketTable packets) {
        EventLoop loop = network.nextLoop();
        var checks = new HealthChecks(
                pools,
                snapshot.config().activeHealth().maxConcurrent(),
                new BackendProbe(network.scope(loop), packets, network.connector()),
                System::nanoTime,
                RandomGenerator.getDefault());
        if (!checks.isEmpty()) {
            var _ = loop.scheduleWithFixedDelay(
                    () -> tick(checks),
                    HealthChecks.TICK.toMillis(),
                    HealthChecks.TICK.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
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
            return;
        }
        if (change.kind() == HealthChange.Kind.RETURNED) {
            counters.returned();
        }
        LOG.info(change.text());
    }

    /** What has happened to the addresses so far, if anything has, for the end of the log. */
    Optional<String> summary() {
        return counters.isZero() ? Optional.empty() : Optional.of(counters.toString());
    }
}
