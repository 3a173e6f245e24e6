package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.config.PacketLimits;
import infrarust.proxy.net.LoopScope;
import infrarust.proxy.net.StandingClock;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final Duration INTERVAL = Duration.ofSeconds(7);
    private static final int PACKETS = 1_000;
    private static final int BYTES = 10_000;

    private final LoopScope scope = new StandingClock().scope(new EmbeddedChannel().eventLoop());
    private long now = Long.MAX_VALUE - 1_000; // the clock may wrap
    private final Allowance allowance = new Allowance(new PacketLimits(INTERVAL, PACKETS, BYTES), scope, () -> now);

    private void packets(long count) {
        for (long i = 0; i < count; ) {
            i += allowance.packets();
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Nested
    class In_the_game {

        @Test
        void so_many_packets_may_come_in_an_interval_and_no_more() {
            allowance.playing(true);
            packets(PACKETS * 6);
            assertThatThrownBy(() -> packets(PACKETS * 2))
                    .isInstanceOf(FloodException.class)
                    .hasNoCause();
        }

        @Test
        void so_many_bytes_may_come_in_an_interval_and_no_more() {
            allowance.playing(true);
            allowance.bytes(BYTES * 7);
            assertThatThrownBy(() -> allowance.bytes(1)).isInstanceOf(FloodException.class);
        }

        @Test
        void the_same_pace_may_go_on_for_ever() {
            allowance.playing(true);
            assertThatCode(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            packets(PACKETS / 2);
                            allowance.bytes(BYTES);
                            pass(Duration.ofSeconds(1));
                        }
                    })
                    .doesNotThrowAnyException();
        }

        @Test
        void what_inflates_counts_with_its_length_afterwards() {
            allowance.playing(true);
            allowance.inflates(BYTES, BYTES * 7);
            assertThatThrownBy(() -> allowance.bytes(1)).isInstanceOf(FloodException.class);
        }

        @Test
        void packets_may_become_many_times_as_long_but_not_all_of_them_far_more() {
            var generous = new Allowance(new PacketLimits(INTERVAL, 0, 0), scope, () -> now);
            generous.playing(true);
            for (int i = 0; i < 1_000; i++) {
                generous.inflates(100_000, 100_000 * Allowance.RATIO);
            }
            generous.inflates(1, 4_000_000);
            assertThatThrownBy(() -> generous.inflates(1, 4_000_000)).isInstanceOf(FloodException.class);
            pass(INTERVAL);
            generous.inflates(1, 4_000_000);
        }

        @Test
        void zero_means_no_limit() {
            var unlimited = new Allowance(new PacketLimits(INTERVAL, 0, 0), scope, () -> now);
            unlimited.playing(true);
            for (int i = 0; i < 100_000; i++) {
                unlimited.bytes(Integer.MAX_VALUE);
                assertThat(unlimited.packets()).isPositive();
            }
        }
    }

    @Nested
    class Before_the_game {

        @Test
        void packets_are_bounded_in_all_however_slowly_they_come() {
            for (long granted = 0; granted < Allowance.BEFORE_PLAY_PACKETS; ) {
                granted += allowance.packets();
                pass(INTERVAL);
            }
            assertThatThrownBy(allowance::packets)
                    .isInstanceOf(FloodException.class)
                    .hasMessageContaining("before the game");
        }

        @Test
        void bytes_are_bounded_in_all() {
            for (int i = 0; i < Allowance.BEFORE_PLAY_BYTES >> 12; i++) {
                allowance.bytes(1 << 12);
                pass(INTERVAL);
            }
            assertThatThrownBy(() -> allowance.bytes(1)).isInstanceOf(FloodException.class);
        }

        @Test
        void a_client_that_is_configured_again_has_all_of_it_again() {
            allowance.bytes(60_000);
            pass(INTERVAL);
            allowance.playing(true);
            allowance.playing(false);
            for (int i = 0; i < Allowance.BEFORE_PLAY_BYTES >> 12; i++) {
                allowance.bytes(1 << 12);
                pass(INTERVAL);
            }
        }
    }
}
