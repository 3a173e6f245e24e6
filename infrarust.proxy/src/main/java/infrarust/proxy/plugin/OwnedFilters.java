package infrarust.proxy.plugin;

import infrarust.api.event.EventPriority;
import infrarust.api.event.Subscription;
import infrarust.api.filter.AsyncPacketListener;
import infrarust.api.filter.CodecFilterFactory;
import infrarust.api.filter.FilterRegistration;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.Filters;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketListener;
import infrarust.api.filter.TransportFilter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Filters and packet listeners that go with their plugin's scope. */
final class OwnedFilters implements Filters {

    private final PluginScope scope;
    private final Filters filters;
    private final AtomicInteger connectionFilters = new AtomicInteger();
    private final AtomicInteger requiredFilters = new AtomicInteger();

    /**
     * What the filters that are there now keep out.
     *
     * @param connections whether connections are filtered
     * @param players whether players must not be without one of the filters of packets
     */
    record Kept(boolean connections, boolean players) {

        static final Kept NOTHING = new Kept(false, false);
    }

    OwnedFilters(PluginScope scope, Filters filters) {
        this.scope = scope;
        this.filters = filters;
    }

    /**
     * A filter that the scope owns.
     *
     * @param id as it was registered
     * @param removal takes it out of the scope and of the registry
     */
    private record Owned(String id, Runnable removal) implements FilterRegistration {

        @Override
        public void unregister() {
            removal.run();
        }
    }

    @Override
    public FilterRegistration codec(FilterSpec spec, CodecFilterFactory factory) {
        return own(
                spec, () -> filters.codec(spec, factory), factory.required() ? requiredFilters : new AtomicInteger());
    }

    @Override
    public FilterRegistration transport(FilterSpec spec, TransportFilter filter) {
        return own(spec, () -> filters.transport(spec, filter), connectionFilters);
    }

    /** What is kept out now. */
    Kept kept() {
        return new Kept(connectionFilters.get() > 0, requiredFilters.get() > 0);
    }

    private FilterRegistration own(FilterSpec spec, Supplier<FilterRegistration> registering, AtomicInteger count) {
        return new Owned(spec.id(), scope.own(() -> {
            FilterRegistration registration = registering.get();
            count.incrementAndGet();
            return () -> {
                registration.unregister();
                count.decrementAndGet();
            };
        }));
    }

    @Override
    public Subscription listen(
            PacketDirection direction, PacketInterest which, EventPriority priority, PacketListener listener) {
        return scope.own(() -> filters.listen(direction, which, priority, listener)::cancel)::run;
    }

    @Override
    public Subscription listenAsync(
            PacketDirection direction, PacketInterest which, EventPriority priority, AsyncPacketListener listener) {
        return scope.own(() -> filters.listenAsync(direction, which, priority, listener)::cancel)::run;
    }
}
