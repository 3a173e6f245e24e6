package infrarust.api.server;

import java.util.List;
import java.util.Optional;

/** The addresses of the servers: how they are, and which of them take players. Any thread may call; nothing waits. */
public interface LoadBalancer {

    /** How players of that server are spread; empty when there is no such server, or it has no address. */
    Optional<BalanceRule> rule(String server);

    /** Its addresses in the order of the configuration; empty when there is no such server. */
    List<BackendStatus> backends(String server);

    /**
     * Lets an address run empty: who is on it stays, and nobody is added unless every address of the server drains. It takes
     * players again when nobody drains it any more; what a plugin drains ends with the plugin, or with {@link Drain#end}. A
     * drain outlives changes of the configuration in which the server keeps the address.
     *
     * @return empty when the server has no such address
     * @throws IllegalStateException if the plugin is disabled
     */
    Optional<Drain> drain(String server, ServerAddress address);

    /**
     * Forgets the failures of an address, so that it takes players at once if it was left out. A drain is not lifted.
     *
     * @return whether the server has the address
     */
    boolean reset(String server, ServerAddress address);
}
