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
import java.util.function.Supplier;

/** Filters and packet listeners that go with their plugin's scope. */
final class OwnedFilters implements Filters {

    private final PluginScope scope;
    private final Filters filters;

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
        return own(spec, () -> filters.codec(spec, factory));
    }

    @Override
    public FilterRegistration transport(FilterSpec spec, TransportFilter filter) {
        return own(spec, () -> filters.transport(spec, filter));
    }

    private FilterRegistration own(FilterSpec spec, Supplier<FilterRegistration> registering) {
        return new Owned(spec.id(), scope.own(() -> registering.get()::unregister));
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
