package infrarust.proxy.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.event.LogLines;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CapabilitiesTest {

    private static final Set<Capability> BASELINE = EnumSet.of(
            Capability.EVENT_BUS,
            Capability.PLAYER_READ,
            Capability.PLAYER_WRITE,
            Capability.COMMAND,
            Capability.SCHEDULER,
            Capability.CONFIG_READ);

    private static Capabilities of(List<String> permissions, List<String> deny) {
        return Capabilities.of(new PluginSettings(permissions, deny, true, false));
    }

    @Nested
    class Granting {

        @Test
        void begins_with_the_baseline() {
            assertThat(of(List.of(), List.of()).granted()).isEqualTo(BASELINE);
        }

        @Test
        void adds_what_is_listed_and_takes_away_what_is_denied() {
            Capabilities capabilities = of(List.of("ban", "limbo", "event-bus"), List.of("limbo", "player-write"));
            assertThat(capabilities.granted())
                    .contains(Capability.BAN, Capability.EVENT_BUS)
                    .doesNotContain(Capability.LIMBO, Capability.PLAYER_WRITE);
            assertThat(capabilities.ignored()).isEmpty();
        }

        @Test
        void ignores_unknown_names_and_transport_filters_and_says_so() {
            Capabilities capabilities = of(List.of("codec_filter", "transport-filter"), List.of("Ban"));
            assertThat(capabilities.granted()).isEqualTo(BASELINE);
            assertThat(capabilities.ignored()).hasSize(3);
            assertThat(capabilities.ignored().get(0)).startsWith("permissions: there is no capability 'codec_filter'");
            assertThat(capabilities.ignored().get(1)).contains("'transport-filter' cannot be granted to a WASM plugin");
            assertThat(capabilities.ignored().get(2)).startsWith("deny: there is no capability 'Ban'");
        }
    }

    @Nested
    class TheGate {

        private final AtomicLong now = new AtomicLong(-5);
        private final CapabilityGate gate =
                new CapabilityGate(Set.of(Capability.PLAYER_READ), LoggerFactory.getLogger("plugin.gated"), now::get);

        @Test
        void lets_pass_what_was_granted() {
            assertThat(gate.allows(Capability.PLAYER_READ, "player-registry.get-player"))
                    .isTrue();
        }

        @Test
        void logs_one_refusal_a_minute_for_each_capability_and_counts_the_others() {
            try (var log = LogLines.of("plugin.gated")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(gate.allows(Capability.BAN, "ban-service.ban")).isFalse();
                }
                assertThat(gate.allows(Capability.LIMBO, "limbo.register-limbo-handler"))
                        .isFalse();
                now.addAndGet(Duration.ofMinutes(1).toNanos());
                assertThat(gate.allows(Capability.BAN, "ban-service.unban")).isFalse();
                assertThat(log.lines())
                        .containsExactly(
                                "WARN call ban-service.ban refused: missing capability ban (suppressed=0)",
                                "WARN call limbo.register-limbo-handler refused: missing capability limbo (suppressed=0)",
                                "WARN call ban-service.unban refused: missing capability ban (suppressed=2)");
            }
        }
    }
}
