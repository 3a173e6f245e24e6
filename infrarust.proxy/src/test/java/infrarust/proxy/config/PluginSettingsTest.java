package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginSettingsTest {

    private static final Set<Capability> BASELINE = EnumSet.of(
            Capability.EVENT_BUS,
            Capability.PLAYER_READ,
            Capability.PLAYER_WRITE,
            Capability.COMMAND,
            Capability.SCHEDULER,
            Capability.CONFIG_READ);

    private static Set<Capability> granted(List<String> permissions, List<String> deny) {
        return new PluginSettings(permissions, deny, true, false).granted();
    }

    @Test
    void grants_the_baseline_to_everyone() {
        assertThat(granted(List.of(), List.of())).isEqualTo(BASELINE);
    }

    @Test
    void adds_what_is_listed_and_takes_away_what_is_denied() {
        assertThat(granted(List.of("ban", "limbo", "event-bus"), List.of("limbo", "player-write")))
                .contains(Capability.BAN, Capability.EVENT_BUS)
                .doesNotContain(Capability.LIMBO, Capability.PLAYER_WRITE);
    }

    @Test
    void gives_nothing_for_unknown_names_and_never_a_transport_filter() {
        assertThat(granted(List.of("codec_filter", "transport-filter"), List.of("Ban")))
                .isEqualTo(BASELINE);
    }
}
