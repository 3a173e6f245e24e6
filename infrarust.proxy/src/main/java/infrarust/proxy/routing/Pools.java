package infrarust.proxy.routing;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A pool for each server of a snapshot that has addresses. Any thread. */
public final class Pools {

    private final Map<String, Pool> byServer = new LinkedHashMap<>();

    /**
     * @param snapshot whose servers
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param changes as of {@link Pool#Pool}
     */
    public Pools(ProxySnapshot snapshot, LongSupplier nanoTime, Consumer<HealthChange> changes) {
        for (ServerConfig server : snapshot.servers()) {
            if (!server.leadsIntoLimbo()) {
                byServer.put(server.id(), new Pool(server, nanoTime, changes));
            }
        }
    }

    /**
     * The addresses of that server.
     *
     * @throws IllegalArgumentException when the snapshot has no such server, or one without addresses
     */
    public Pool of(ServerConfig server) {
        Pool pool = byServer.get(server.id());
        if (pool == null) {
            throw new IllegalArgumentException("The server " + server.id() + " has no addresses");
        }
        return pool;
    }

    /** All of them, in the order of the servers. */
    public Collection<Pool> all() {
        return byServer.values();
    }
}
