package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DebounceTest {

    /** Near the overflow, as {@link System#nanoTime} may be. */
    private long now = Long.MAX_VALUE - 5;

    private final Debounce debounce = new Debounce();

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    private long millisLeft() {
        return Duration.ofNanos(debounce.nanosLeft(now)).toMillis();
    }

    @Test
    void nothing_is_pending_before_a_change() {
        assertThat(debounce.isPending()).isFalse();
    }

    @Test
    void a_change_is_looked_at_after_a_quiet_moment() {
        debounce.changed(now);
        assertThat(millisLeft()).isEqualTo(300);
        pass(299);
        assertThat(millisLeft()).isEqualTo(1);
        pass(1);
        assertThat(millisLeft()).isZero();
    }

    @Test
    void another_change_begins_the_moment_anew() {
        debounce.changed(now);
        pass(200);
        debounce.changed(now);
        assertThat(millisLeft()).isEqualTo(300);
    }

    @Test
    void changes_without_an_end_are_looked_at_after_two_seconds() {
        debounce.changed(now);
        for (int i = 0; i < 19; i++) {
            pass(100);
            debounce.changed(now);
        }
        assertThat(millisLeft()).isEqualTo(100);
        pass(100);
        debounce.changed(now);
        assertThat(millisLeft()).isZero();
    }

    @Test
    void a_look_ends_it_and_the_next_change_has_its_whole_time() {
        debounce.changed(now);
        pass(1900);
        debounce.begin();
        assertThat(debounce.isPending()).isFalse();
        debounce.changed(now);
        assertThat(millisLeft()).isEqualTo(300);
    }
}
