package infrarust.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.event.EventPriority;
import infrarust.api.filter.FilterOrderException;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.FilterTakenException;
import infrarust.api.filter.Filters;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketState;
import infrarust.api.filter.TransportVerdict;
import infrarust.api.filter.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FilterOrderTest {

    private static List<String> sorted(FilterSpec... specs) {
        List<Registered<String>> filters = Arrays.stream(specs)
                .map(spec -> new Registered<>("test", spec, spec.id()))
                .toList();
        return FilterOrder.of(filters).stream().map(Registered::filter).toList();
    }

    @Test
    void those_that_name_nobody_stand_by_priority_and_then_as_registered() {
        assertThat(sorted(
                        FilterSpec.of("a").withPriority(EventPriority.LATE),
                        FilterSpec.of("b"),
                        FilterSpec.of("c").withPriority(EventPriority.FIRST),
                        FilterSpec.of("d")))
                .containsExactly("c", "b", "d", "a");
    }

    @Test
    void who_is_named_counts_more_than_the_priority() {
        assertThat(sorted(
                        FilterSpec.of("first").withPriority(EventPriority.FIRST).after("last"),
                        FilterSpec.of("last").withPriority(EventPriority.LAST),
                        FilterSpec.of("normal")))
                .containsExactly("normal", "last", "first");
        assertThat(sorted(FilterSpec.of("a"), FilterSpec.of("b").before("a"))).containsExactly("b", "a");
    }

    @Test
    void names_of_filters_that_are_not_there_mean_nothing() {
        assertThat(sorted(FilterSpec.of("a").after("ghost"), FilterSpec.of("b").before("ghost", "a")))
                .containsExactly("b", "a");
    }

    @Test
    void a_chain_of_names_is_followed() {
        assertThat(sorted(
                        FilterSpec.of("e").after("d"),
                        FilterSpec.of("d").after("c"),
                        FilterSpec.of("c").after("b"),
                        FilterSpec.of("b").after("a"),
                        FilterSpec.of("a")))
                .containsExactly("a", "b", "c", "d", "e");
    }

    @Nested
    class A_circle {

        @Test
        void is_named() {
            assertThatThrownBy(() -> sorted(
                            FilterSpec.of("outside"),
                            FilterSpec.of("a").after("c").before("behind"),
                            FilterSpec.of("b").after("a"),
                            FilterSpec.of("c").after("b"),
                            FilterSpec.of("behind")))
                    .isInstanceOf(FilterOrderException.class)
                    .message()
                    .satisfiesAnyOf(
                            text -> assertThat(text).contains("a before b before c before a"),
                            text -> assertThat(text).contains("b before c before a before b"),
                            text -> assertThat(text).contains("c before a before b before c"))
                    .asString()
                    .doesNotContain("outside", "behind");
        }

        @Test
        void may_be_one_filter_alone() {
            assertThatThrownBy(() -> sorted(FilterSpec.of("a").before("a")))
                    .isInstanceOf(FilterOrderException.class)
                    .hasMessageContaining("a before a");
        }
    }

    @Nested
    class When_registered {

        private final FilterRegistry registry = new FilterRegistry(Duration.ofSeconds(10), Duration.ofSeconds(5));
        private final Filters filters = registry.of("one");

        private List<String> codecs() {
            return registry.codecs().filters().stream()
                    .map(filter -> filter.spec().id())
                    .toList();
        }

        @Test
        void a_filter_that_closes_a_circle_is_refused_and_the_others_stay() {
            filters.codec(FilterSpec.of("a").after("b"), session -> Optional.empty());
            filters.codec(FilterSpec.of("c"), session -> Optional.empty());
            assertThatThrownBy(() -> filters.codec(FilterSpec.of("b").after("a"), session -> Optional.empty()))
                    .isInstanceOf(FilterOrderException.class);
            assertThat(codecs()).containsExactly("a", "c");
            filters.codec(FilterSpec.of("b"), session -> Optional.empty());
            assertThat(codecs()).containsExactly("c", "b", "a");
        }

        @Test
        void everything_is_listed_in_the_order_in_which_it_is_met() {
            filters.listen(
                    PacketDirection.CLIENTBOUND,
                    PacketInterest.names(PacketState.PLAY, "keep_alive", "disconnect")
                            .and(PacketInterest.ids(PacketState.CONFIGURATION, 255, 1)),
                    EventPriority.NORMAL,
                    (player, frame) -> Verdict.pass());
            filters.codec(FilterSpec.of("b").after("a"), session -> Optional.empty());
            registry.of("two").codec(FilterSpec.of("a"), session -> Optional.empty());
            filters.transport(FilterSpec.of("door"), connection -> TransportVerdict.accept());
            assertThat(registry.entries().stream()
                            .map(entry -> entry.role().text() + " " + entry.name() + " of " + entry.owner()))
                    .containsExactly(
                            "transport filter door of one",
                            "codec filter a of two",
                            "codec filter b of one",
                            "packet listener clientbound configuration 0x01 0xFF, play disconnect keep_alive of one");
        }

        @Test
        void an_id_is_taken_until_its_filter_is_gone() {
            var registration = filters.codec(FilterSpec.of("a"), session -> Optional.empty());
            assertThatThrownBy(() -> registry.of("two").codec(FilterSpec.of("a"), session -> Optional.empty()))
                    .isInstanceOf(FilterTakenException.class)
                    .hasMessage(
                            "the filter id \"a\" is taken by 'one'; choose another one, or unregister that one first");
            filters.transport(FilterSpec.of("a"), connection -> TransportVerdict.accept());
            registration.unregister();
            registration.unregister();
            registry.of("two").codec(FilterSpec.of("a"), session -> Optional.empty());
            assertThat(codecs()).containsExactly("a");
        }
    }
}
