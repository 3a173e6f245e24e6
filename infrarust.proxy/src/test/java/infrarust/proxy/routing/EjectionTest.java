package infrarust.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EjectionTest {

    private final FakeClock clock = new FakeClock();
    private final Ejection ejection = new Ejection();

    private boolean fails() {
        return ejection.failed(clock.nanoTime());
    }

    private boolean succeeds() {
        return ejection.succeeded(clock.nanoTime());
    }

    private boolean isTrialDue() {
        return ejection.isTrialDue(clock.nanoTime());
    }

    private void leftOut() {
        fails();
        fails();
        assertThat(fails()).isTrue();
    }

    @Nested
    class An_address_in_use {

        @Test
        void is_left_out_by_the_third_failure_within_ten_seconds() {
            assertThat(fails()).isFalse();
            clock.pass(5);
            assertThat(fails()).isFalse();
            clock.pass(5);
            assertThat(ejection.isOut()).isFalse();
            assertThat(fails()).isTrue();
            assertThat(ejection.isOut()).isTrue();
            assertThat(ejection.total()).isEqualTo(1);
        }

        @Test
        void stays_when_failures_are_further_apart() {
            for (int i = 0; i < 20; i++) {
                assertThat(fails()).isFalse();
                clock.pass(Duration.ofMillis(5001));
            }
        }

        @Test
        void stays_when_successes_come_in_between() {
            for (int i = 0; i < 20; i++) {
                assertThat(fails()).isFalse();
                assertThat(fails()).isFalse();
                assertThat(succeeds()).isFalse();
            }
        }

        @Test
        void is_suspect_for_ten_seconds_after_a_failure_or_until_a_success() {
            assertThat(ejection.isSuspect(clock.nanoTime())).isFalse();
            fails();
            assertThat(ejection.isSuspect(clock.nanoTime())).isTrue();
            clock.pass(11);
            assertThat(ejection.isSuspect(clock.nanoTime())).isFalse();
            fails();
            succeeds();
            assertThat(ejection.isSuspect(clock.nanoTime())).isFalse();
        }
    }

    @Nested
    class An_address_that_is_left_out {

        @Test
        void returns_with_the_first_success() {
            leftOut();
            assertThat(succeeds()).isTrue();
            assertThat(ejection.isOut()).isFalse();
        }

        @Test
        void is_tried_after_thirty_seconds_and_then_after_twice_as_long_each_time_up_to_five_minutes() {
            leftOut();
            for (int wait : new int[] {30, 60, 120, 240, 300, 300, 300, 300}) {
                clock.pass(wait - 1);
                assertThat(isTrialDue()).as("before %s s", wait).isFalse();
                clock.pass(1);
                assertThat(isTrialDue()).as("after %s s", wait).isTrue();
                assertThat(fails()).as("it is out already").isFalse();
            }
        }

        @Test
        void does_not_have_to_wait_longer_because_others_failed_before_its_trial() {
            leftOut();
            for (int i = 0; i < 29; i++) {
                clock.pass(1);
                fails();
            }
            clock.pass(1);
            assertThat(isTrialDue()).isTrue();
        }

        @Test
        void is_forgiven_everything_by_a_reset() {
            leftOut();
            succeeds();
            leftOut();
            assertThat(ejection.reset(clock.nanoTime())).isTrue();
            leftOut();
            assertThat(succeeds()).as("as the first time").isTrue();
        }
    }

    @Nested
    class An_address_that_goes_up_and_down {

        @Test
        void must_stay_away_for_longer_each_time() {
            leftOut();
            assertThat(succeeds()).isTrue();
            for (int wait : new int[] {30, 60, 120, 240, 300, 300}) {
                leftOut();
                clock.pass(wait - 1);
                assertThat(succeeds()).as("before %s s", wait).isFalse();
                clock.pass(1);
                assertThat(succeeds()).as("after %s s", wait).isTrue();
            }
        }

        @Test
        void is_trusted_again_after_five_minutes_without_an_outage() {
            leftOut();
            succeeds();
            leftOut();
            clock.pass(30);
            assertThat(succeeds()).isTrue();
            clock.pass(300);
            leftOut();
            assertThat(succeeds()).isTrue();
        }

        @Test
        void returns_at_once_from_a_long_outage() {
            leftOut();
            for (int i = 0; i < 1000; i++) {
                clock.pass(10);
                fails();
            }
            assertThat(succeeds()).isTrue();
        }
    }
}
