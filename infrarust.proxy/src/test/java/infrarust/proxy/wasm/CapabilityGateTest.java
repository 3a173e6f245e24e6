package infrarust.proxy.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.Capability;
import infrarust.proxy.event.LogLines;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CapabilityGateTest {

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
