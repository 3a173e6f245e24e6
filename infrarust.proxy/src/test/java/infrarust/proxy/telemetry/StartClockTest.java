package infrarust.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartClockTest {

    @AfterEach
    void forget() {
        System.clearProperty(StartClock.PROPERTY);
    }

    @Test
    void counts_from_the_start_of_the_process() {
        assertThat(StartClock.ofProcess().elapsed()).isBetween(Duration.ZERO, Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "99999999999", "0.01", "NaN"})
    void does_not_believe_a_launcher_that_talks_nonsense(String value) {
        System.setProperty(StartClock.PROPERTY, value);
        assertThat(StartClock.ofProcess().elapsed()).isBetween(Duration.ZERO, Duration.ofMinutes(3));
    }
}
