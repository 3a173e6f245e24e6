package infrarust.proxy.routing;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A pool for each server of the configuration that has addresses. Any thread. */
public final class Pools {

    private final LongSupplier nanoTime;
    private final Consumer<HealthChange> changes;

    /** Replaced as a whole; a server that stays keeps its pool. */
    private volatile Map<String, Pool> byServer = Map.of();

    /**
     * @param snapshot whose servers
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param changes as of {@link Pool#Pool}
     */
    public Pools(ProxySnapshot snapshot, LongSupplier nanoTime, Consumer<HealthChange> changes) {
        this.nanoTime = nanoTime;
        this.changes = changes;
        configure(snapshot);
    }

    /**
     * The configuration has changed: makes pools for new servers, forgets those of servers that are gone, and tells the others
     * what has changed.
     */
    public synchronized void configure(ProxySnapshot snapshot) {
        Map<String, Pool> next = new LinkedHashMap<>();
        for (ServerConfig server : snapshot.servers()) {
            if (server.leadsIntoLimbo()) {
                continue;
            }
            Pool pool = byServer.get(server.id());
            if (pool == null) {
                pool = new Pool(server, nanoTime, changes);
            } else if (!pool.server().equals(server)) {
                pool.configure(server);
            }
            next.put(server.id(), pool);
        }
        byServer = Collections.unmodifiableMap(next);
    }

    /**
     * The addresses of that server: as the configuration has them now, or, for a server that is gone from it, as they were.
     *
     * @throws IllegalArgumentException when it has none
     */
    public Pool of(ServerConfig server) {
        if (server.leadsIntoLimbo()) {
            throw new IllegalArgumentException("The server " + server.id() + " has no addresses");
        }
        Pool pool = byServer.get(server.id());
        // Somebody who began before the server was taken away; nothing is known of its addresses any more.
        return pool == null ? new Pool(server, nanoTime, changes) : pool;
    }

    /** The addresses of the server of that id, if the configuration has one with addresses. */
    public Optional<Pool> of(String server) {
        return Optional.ofNullable(byServer.get(server));
    }

    /** All of them, in the order of the servers. */
    public Collection<Pool> all() {
        return byServer.values();
    }
}
