package infrarust.proxy.filter;

import infrarust.api.filter.FilterRegistration;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.TransportFilter;
import infrarust.proxy.net.Endpoints;
import infrarust.proxy.net.LoopScope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The transport filters of all plugins, and the connections that they watch. Any thread, unless a method says otherwise. */
public final class TransportFilters {

    private final Duration acceptTime;
    private final Set<WatchedConnection> watched = ConcurrentHashMap.newKeySet();
    /** In the order of registration; guarded by this. */
    private List<Registered<TransportFilter>> registered = List.of();
    /** Replaced as a whole, in the order in which connections meet them. */
    private volatile List<Registered<TransportFilter>> filters = List.of();

    /** @param acceptTime how long a filter may take to decide about a connection */
    public TransportFilters(Duration acceptTime) {
        this.acceptTime = acceptTime;
    }

    /** As {@link infrarust.api.filter.Filters#transport}. */
    FilterRegistration register(String owner, FilterSpec spec, TransportFilter filter) {
        var added = new Registered<>(owner, spec, filter);
        synchronized (this) {
            List<Registered<TransportFilter>> next = Registered.with(registered, added);
            filters = FilterOrder.of(next);
            registered = next;
        }
        return new Unregistration(spec.id(), () -> {
            synchronized (this) {
                registered = Registered.without(registered, added);
                filters = Registered.without(filters, added);
            }
            watched.forEach(connection -> connection.withdraw(added));
        });
    }

    /**
     * Lets a new connection meet the filters. Called on its loop, while it is not read.
     *
     * @param socket the ends of the socket
     * @param ends as a PROXY header has them, else those of the socket
     * @param rejected runs when a filter has rejected it, before it is closed
     * @param first makes the handler that reads it when all have accepted it
     * @return the handler to read it now
     */
    public ChannelHandler before(
            Channel channel,
            LoopScope scope,
            Endpoints socket,
            Endpoints ends,
            Runnable rejected,
            Supplier<ChannelHandler> first) {
        List<Registered<TransportFilter>> all = filters;
        return all.isEmpty()
                ? first.get()
                : new TransportDoor(this, all, new RawConnection(channel, socket, ends), scope, rejected, first);
    }

    /** Whether a filter wants the bytes of the connection. On its loop. */
    public static boolean wantsData(Channel channel) {
        return channel.pipeline().get(TransportTap.class) != null;
    }

    /** Those that are registered, in their order. */
    List<Registered<TransportFilter>> filters() {
        return filters;
    }

    Duration acceptTime() {
        return acceptTime;
    }

    boolean isRegistered(Registered<TransportFilter> filter) {
        return filters.contains(filter);
    }

    void watches(WatchedConnection connection) {
        watched.add(connection);
    }

    void forget(WatchedConnection connection) {
        watched.remove(connection);
    }

    /** How many connections are watched. */
    int watched() {
        return watched.size();
    }
}
