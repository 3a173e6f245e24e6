package infrarust.proxy.filter;

import infrarust.api.event.Subscription;
import infrarust.api.filter.CodecFilterFactory;
import infrarust.api.filter.FilterRegistration;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.PacketDirection;
import infrarust.proxy.protocol.ConnectionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The codec filters and packet listeners of all plugins, and the chains that are open. Any thread. */
public final class CodecFilters {

    private final Duration listenerTime;
    private final Set<FilterChain> chains = ConcurrentHashMap.newKeySet();
    /** In the order of registration; guarded by this. */
    private List<Registered<Codec>> registered = List.of();
    /** Replaced as a whole, in the order in which packets meet them. */
    private volatile List<Registered<Codec>> filters = List.of();

    private volatile List<RegisteredListener> listeners = List.of();

    /**
     * A factory, and what it says of itself.
     *
     * @param required as {@link CodecFilterFactory#required}
     */
    record Codec(CodecFilterFactory factory, boolean required) {}

    /** @param listenerTime how long an asynchronous listener may take */
    public CodecFilters(Duration listenerTime) {
        this.listenerTime = listenerTime;
    }

    Duration listenerTime() {
        return listenerTime;
    }

    /** As {@link infrarust.api.filter.Filters#codec}. */
    FilterRegistration register(String owner, FilterSpec spec, CodecFilterFactory factory) {
        var filter = new Registered<>(owner, spec, new Codec(factory, factory.required()));
        synchronized (this) {
            List<Registered<Codec>> next = Registered.with(registered, filter);
            filters = FilterOrder.of(next);
            registered = next;
        }
        return new Unregistration(spec.id(), () -> {
            boolean gone;
            synchronized (this) {
                gone = registered.contains(filter);
                registered = Registered.without(registered, filter);
                filters = Registered.without(filters, filter);
            }
            if (gone) {
                renewAll();
            }
        });
    }

    /** As {@link infrarust.api.filter.Filters#listen}. */
    Subscription listen(RegisteredListener listener) {
        Interests.check(listener.which(), listener.direction());
        synchronized (this) {
            List<RegisteredListener> next = new ArrayList<>(listeners);
            next.add(listener);
            next.sort(Comparator.comparing(RegisteredListener::priority)); // stable
            listeners = List.copyOf(next);
        }
        renewAll();
        return () -> {
            synchronized (this) {
                listeners =
                        listeners.stream().filter(other -> other != listener).toList();
            }
            renewAll();
        };
    }

    /**
     * The chain of one direction of one session; it is the caller's to {@linkplain FilterChain#close close}. On the site's loop.
     *
     * @param state of the first packet that may come
     */
    public FilterChain open(FilterChain.Site site, ConnectionState state, FilterChain.Host host) {
        var chain = new FilterChain(this, site, state, host);
        // Before it looks at what is registered, so that it hears of everything that changes afterwards.
        chains.add(chain);
        chain.begin();
        return chain;
    }

    void forget(FilterChain chain) {
        chains.remove(chain);
    }

    List<Registered<Codec>> filters() {
        return filters;
    }

    List<RegisteredListener> listeners() {
        return listeners;
    }

    List<RegisteredListener> listeners(PacketDirection direction) {
        List<RegisteredListener> all = listeners;
        return all.isEmpty()
                ? all
                : all.stream().filter(one -> one.direction() == direction).toList();
    }

    private void renewAll() {
        chains.forEach(FilterChain::renewSoon);
    }

    /** How many chains are open: one for each player, and one for each server that a player is on. */
    public int open() {
        return chains.size();
    }
}
