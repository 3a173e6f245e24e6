package infrarust.proxy.filter;

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
import infrarust.proxy.filter.RegisteredListener.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where all plugins register their filters and packet listeners. Any thread. */
public final class FilterRegistry {

    private final CodecFilters codecs;
    private final TransportFilters transports;

    /**
     * @param listenerTime how long an asynchronous packet listener may take
     * @param acceptTime how long a transport filter may take to decide about a connection
     */
    public FilterRegistry(Duration listenerTime, Duration acceptTime) {
        codecs = new CodecFilters(listenerTime);
        transports = new TransportFilters(acceptTime);
    }

    /** For the packets of sessions. */
    public CodecFilters codecs() {
        return codecs;
    }

    /** For the bytes of connections. */
    public TransportFilters transports() {
        return transports;
    }

    /**
     * A filter or listener, for operators.
     *
     * @param role what it does
     * @param name its id, or what a listener hears
     * @param owner the id of its plugin
     * @param required whether a session cannot be without it
     */
    public record Entry(Role role, String name, String owner, boolean required) {}

    /** What may be registered, in the order in which a connection meets them. */
    public enum Role {
        /** Of connections. */
        TRANSPORT,
        /** Of packets. */
        CODEC,
        /** To packets, behind the filters. */
        LISTENER;

        /** In words. */
        public String text() {
            return switch (this) {
                case TRANSPORT -> "transport filter";
                case CODEC -> "codec filter";
                case LISTENER -> "packet listener";
            };
        }
    }

    /** Everything that is registered, in the order in which it is met. */
    public List<Entry> entries() {
        return Stream.of(
                        transports.filters().stream()
                                .map(one -> new Entry(Role.TRANSPORT, one.spec().id(), one.owner(), true)),
                        codecs.filters().stream()
                                .map(one -> new Entry(
                                        Role.CODEC,
                                        one.spec().id(),
                                        one.owner(),
                                        one.filter().required())),
                        codecs.listeners().stream()
                                .map(one -> new Entry(Role.LISTENER, one.text(), one.owner(), false)))
                .flatMap(Function.identity())
                .toList();
    }

    /** Where the plugin with that id registers. */
    public Filters of(String owner) {
        return new Filters() {
            @Override
            public FilterRegistration codec(FilterSpec spec, CodecFilterFactory factory) {
                return codecs.register(owner, spec, factory);
            }

            @Override
            public FilterRegistration transport(FilterSpec spec, TransportFilter filter) {
                return transports.register(owner, spec, filter);
            }

            @Override
            public Subscription listen(
                    PacketDirection direction, PacketInterest which, EventPriority priority, PacketListener listener) {
                return codecs.listen(
                        new RegisteredListener(owner, direction, which, priority, new Kind.AtOnce(listener)));
            }

            @Override
            public Subscription listenAsync(
                    PacketDirection direction,
                    PacketInterest which,
                    EventPriority priority,
                    AsyncPacketListener listener) {
                return codecs.listen(
                        new RegisteredListener(owner, direction, which, priority, new Kind.Later(listener)));
            }
        };
    }
}
