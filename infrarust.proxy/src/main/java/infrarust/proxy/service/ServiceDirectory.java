package infrarust.proxy.service;

import infrarust.api.event.Event;
import infrarust.api.event.ServiceProvidedEvent;
import infrarust.api.event.ServiceRemovedEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What plugins offer each other, by type. Keeps nothing of what has been withdrawn. Any thread. */
public final class ServiceDirectory {

    private final ConcurrentHashMap<Class<?>, List<Offer>> offers = new ConcurrentHashMap<>();
    private final Consumer<Event> tell;

    /** Not a record: the same object may be offered twice, and each time is an offer of its own. */
    private static final class Offer {

        private final Object service;

        Offer(Object service) {
            this.service = service;
        }
    }

    /** @param tell fires the events of what comes and goes, and does not wait */
    public ServiceDirectory(Consumer<Event> tell) {
        this.tell = tell;
    }

    /**
     * Lists a service.
     *
     * @param provider the id of the plugin that offers it
     * @return takes it off the list; to be run once
     */
    public <S> Runnable provide(String provider, Class<S> type, S service) {
        var offer = new Offer(type.cast(service));
        offers.merge(
                type,
                List.of(offer),
                (present, added) ->
                        Stream.concat(present.stream(), added.stream()).toList());
        tell.accept(new ServiceProvidedEvent(type, provider));
        return () -> {
            offers.computeIfPresent(type, (key, present) -> {
                List<Offer> left =
                        present.stream().filter(other -> other != offer).toList();
                return left.isEmpty() ? null : left;
            });
            tell.accept(new ServiceRemovedEvent(type, provider));
        };
    }

    /** The service of exactly that type that was offered first. */
    public <S> Optional<S> find(Class<S> type) {
        return all(type).stream().findFirst();
    }

    /** All of exactly that type, in the order in which they were offered. */
    public <S> List<S> all(Class<S> type) {
        return offers.getOrDefault(type, List.of()).stream()
                .map(offer -> type.cast(offer.service))
                .toList();
    }
}
