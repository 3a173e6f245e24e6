package infrarust.api.service;

import java.util.List;
import java.util.Optional;

/**
 * Where plugins offer objects to each other, by type. A service goes with the plugin that offers it, and the registry keeps
 * nothing of it then.
 *
 * <p>Ask for a service each time it is needed: it is one look-up, and the answer is never a plugin that is gone. Who keeps the
 * object all the same lets go of it at {@link infrarust.api.event.ServiceRemovedEvent}, else the other plugin's code stays in
 * memory. The type is a class that both plugins see: one of the JDK or of the API, or one in a package that the
 * offering plugin exports and the other one depends on.
 *
 * <p>Any thread may call; no method waits.
 */
public interface ServiceRegistry {

    /**
     * Offers a service. Several plugins may offer the same type.
     *
     * @throws IllegalStateException if the plugin is disabled
     */
    <S> ServiceRegistration provide(Class<S> type, S service);

    /** The service of exactly that type; of several the one that was offered first. */
    <S> Optional<S> find(Class<S> type);

    /** All services of exactly that type, in the order in which they were offered. */
    <S> List<S> all(Class<S> type);
}
