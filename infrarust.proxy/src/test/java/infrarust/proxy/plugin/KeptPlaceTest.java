package infrarust.proxy.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import infrarust.api.PluginMetadata;
import infrarust.api.event.EventPriority;
import infrarust.api.event.Subscription;
import infrarust.api.filter.AsyncPacketListener;
import infrarust.api.filter.CodecFilter;
import infrarust.api.filter.CodecFilterFactory;
import infrarust.api.filter.CodecSession;
import infrarust.api.filter.FilterRegistration;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.Filters;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketListener;
import infrarust.api.filter.TransportFilter;
import infrarust.api.filter.TransportVerdict;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who filters connections or players is missed while it is reloaded. */
class KeptPlaceTest {

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, EventDispatcher.DEFAULT_TIMEOUT);
    private final PluginScope scope =
            new PluginScope(new PluginMetadata("gate", "Gate", "1"), GivenServices.of(events, clock));
    private final Registered all = new Registered(new LinkedHashMap<>(), new LinkedHashMap<>());
    private final OwnedFilters filters = new OwnedFilters(scope, all);

    private record Registered(Map<String, CodecFilterFactory> codecs, Map<String, TransportFilter> transports)
            implements Filters {

        private record Registration(String id, Runnable removal) implements FilterRegistration {

            @Override
            public void unregister() {
                removal.run();
            }
        }

        @Override
        public FilterRegistration codec(FilterSpec spec, CodecFilterFactory factory) {
            codecs.put(spec.id(), factory);
            return new Registration(spec.id(), () -> codecs.remove(spec.id()));
        }

        @Override
        public FilterRegistration transport(FilterSpec spec, TransportFilter filter) {
            transports.put(spec.id(), filter);
            return new Registration(spec.id(), () -> transports.remove(spec.id()));
        }

        @Override
        public Subscription listen(
                PacketDirection direction, PacketInterest which, EventPriority priority, PacketListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription listenAsync(
                PacketDirection direction, PacketInterest which, EventPriority priority, AsyncPacketListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private record Required(boolean required) implements CodecFilterFactory {

        @Override
        public Optional<CodecFilter> create(CodecSession session) {
            return Optional.empty();
        }
    }

    private KeptPlace keep() {
        return KeptPlace.of("gate", events.away("gate"), all, filters.kept());
    }

    @Test
    void a_plugin_that_filters_nothing_leaves_nothing_closed() {
        filters.codec(FilterSpec.of("gate:words"), new Required(false));
        KeptPlace place = keep();
        assertThat(place.closesAnything()).isFalse();
        assertThat(all.transports()).isEmpty();
    }

    @Test
    void connections_are_rejected_while_who_filters_them_is_away() {
        filters.transport(FilterSpec.of("gate:door"), connection -> TransportVerdict.accept());
        KeptPlace place = keep();
        scope.close();

        assertThat(place.closesAnything()).isTrue();
        assertThat(all.transports()).containsOnlyKeys("gate:away");
        place.end();
        assertThat(all.transports()).isEmpty();
    }

    @Test
    void players_are_refused_while_a_required_filter_is_away() {
        filters.codec(FilterSpec.of("gate:words"), new Required(true));
        KeptPlace place = keep();
        scope.close();

        assertThat(all.codecs()).containsOnlyKeys("gate:away");
        assertThat(all.codecs().get("gate:away").required()).isTrue();
        place.end();
        assertThat(all.codecs()).isEmpty();
    }

    @Test
    void a_filter_that_was_taken_out_before_is_not_missed() {
        filters.transport(FilterSpec.of("gate:door"), connection -> TransportVerdict.accept())
                .unregister();
        assertThat(keep().closesAnything()).isFalse();
        scope.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> filters.transport(FilterSpec.of("gate:door"), one -> TransportVerdict.reject()));
    }
}
