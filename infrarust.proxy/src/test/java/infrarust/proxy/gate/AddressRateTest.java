package infrarust.proxy.gate;

import static infrarust.proxy.gate.AddressRate.Ruling.ALLOWED;
import static infrarust.proxy.gate.AddressRate.Ruling.REFUSED;
import static infrarust.proxy.gate.AddressRate.Ruling.REFUSED_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.gate.AddressRate.Ruling;
import infrarust.proxy.net.StandingClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AddressRateTest {

    private final StandingClock clock = new StandingClock();

    private AddressRate rate(int most, Duration window, int capacity) {
        return new AddressRate(most, window, capacity, clock::nanoTime, 4711);
    }

    private static Ruling take(AddressRate rate, String address) {
        return rate.take(InetAddress.ofLiteral(address));
    }

    private static InetAddress ipv4(int number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(number).array());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class One_address {

        private final AddressRate rate = rate(3, Duration.ofSeconds(9), 128);

        @Test
        void may_do_it_as_often_as_allowed_and_then_gets_one_turn_after_the_other() {
            for (int i = 0; i < 3; i++) {
                assertThat(take(rate, "10.0.0.1")).isEqualTo(ALLOWED);
            }
            assertThat(take(rate, "10.0.0.1")).isEqualTo(REFUSED);

            clock.advance(Duration.ofMillis(2999));
            assertThat(take(rate, "10.0.0.1")).isEqualTo(REFUSED_AGAIN);
            clock.advance(Duration.ofMillis(1));
            assertThat(take(rate, "10.0.0.1")).isEqualTo(ALLOWED);
            assertThat(take(rate, "10.0.0.1")).isEqualTo(REFUSED);
        }

        @Test
        void may_do_it_as_often_again_after_a_window_of_rest() {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(take(rate, "10.0.0.1")).isEqualTo(ALLOWED);
                }
                assertThat(take(rate, "10.0.0.1")).isNotEqualTo(ALLOWED);
                clock.advance(Duration.ofSeconds(9));
            }
        }

        @Test
        void pays_nothing_for_what_it_was_refused() {
            for (int i = 0; i < 1000; i++) {
                take(rate, "10.0.0.1");
            }
            clock.advance(Duration.ofSeconds(9));
            assertThat(take(rate, "10.0.0.1")).isEqualTo(ALLOWED);
        }

        @Test
        void is_told_once_until_it_is_allowed_again() {
            for (int i = 0; i < 3; i++) {
                take(rate, "10.0.0.1");
            }
            assertThat(take(rate, "10.0.0.1")).isEqualTo(REFUSED);
            assertThat(take(rate, "10.0.0.1")).isEqualTo(REFUSED_AGAIN);
            assertThat(take(rate, "10.0.0.1")).isEqualTo(REFUSED_AGAIN);
            clock.advance(Duration.ofSeconds(3));
            assertThat(take(rate, "10.0.0.1")).isEqualTo(ALLOWED);
            assertThat(take(rate, "10.0.0.1")).isEqualTo(REFUSED);
        }
    }

    @Nested
    class Several_addresses {

        private final AddressRate rate = rate(1, Duration.ofSeconds(10), 128);

        @Test
        void do_not_count_for_each_other() {
            assertThat(take(rate, "10.0.0.1")).isEqualTo(ALLOWED);
            assertThat(take(rate, "10.0.0.2")).isEqualTo(ALLOWED);
            assertThat(take(rate, "10.0.0.1")).isEqualTo(REFUSED);
        }

        @Test
        void of_one_ipv6_network_of_64_bits_are_one() {
            assertThat(take(rate, "2001:db8:1:2::1")).isEqualTo(ALLOWED);
            assertThat(take(rate, "2001:db8:1:2:ffff:ffff:ffff:ffff")).isEqualTo(REFUSED);
            assertThat(take(rate, "2001:db8:1:3::1")).isEqualTo(ALLOWED);
        }

        @Test
        void of_the_first_ipv6_network_are_counted_like_others() {
            assertThat(take(rate, "::1")).isEqualTo(ALLOWED);
            assertThat(take(rate, "::2")).isEqualTo(REFUSED);
        }

        @Test
        void of_both_families_are_never_the_same() {
            assertThat(take(rate, "0.0.0.1")).isEqualTo(ALLOWED);
            assertThat(take(rate, "::1")).isEqualTo(ALLOWED);
            assertThat(take(rate, "0:0:0:1::")).isEqualTo(ALLOWED);
        }

        @Test
        void written_as_ipv4_or_mapped_into_ipv6_are_one() {
            assertThat(take(rate, "10.0.0.1")).isEqualTo(ALLOWED);
            assertThat(take(rate, "::ffff:10.0.0.1")).isEqualTo(REFUSED);
        }
    }

    @Nested
    class A_flood_from_more_addresses_than_are_remembered {

        @Test
        void makes_nobody_else_wait() {
            AddressRate rate = rate(1, Duration.ofSeconds(10), 128);
            for (int i = 0; i < 100_000; i++) {
                assertThat(rate.take(ipv4(i))).isEqualTo(ALLOWED);
            }
            assertThat(take(rate, "192.0.2.7")).isEqualTo(ALLOWED);
        }

        @Test
        void does_not_make_it_forget_who_comes_most() {
            AddressRate rate = rate(100, Duration.ofSeconds(10), 128);
            for (int i = 0; i < 100; i++) {
                assertThat(take(rate, "192.0.2.7")).isEqualTo(ALLOWED);
            }
            for (int i = 0; i < 100_000; i++) {
                rate.take(ipv4(i));
            }
            assertThat(take(rate, "192.0.2.7")).isEqualTo(REFUSED);
        }

        @Test
        void leaves_room_again_as_soon_as_its_buckets_are_full() {
            AddressRate rate = rate(1, Duration.ofSeconds(10), 128);
            for (int i = 0; i < 100_000; i++) {
                rate.take(ipv4(i));
            }
            clock.advance(Duration.ofSeconds(10));
            assertThat(take(rate, "192.0.2.7")).isEqualTo(ALLOWED);
            for (int i = 0; i < 7; i++) {
                rate.take(ipv4(i));
            }
            // With a row of eight places there is one for it, wherever the seven others went.
            assertThat(take(rate, "192.0.2.7")).isEqualTo(REFUSED);
        }
    }

    @Test
    void the_capacity_is_what_a_table_of_rows_can_have() {
        assertThatThrownBy(() -> rate(1, Duration.ofSeconds(1), 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rate(1, Duration.ofSeconds(1), 64)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_limit_finer_than_the_clock_lets_everybody_in() {
        AddressRate rate = rate(Integer.MAX_VALUE, Duration.ofMillis(1), 128);
        for (int i = 0; i < 1000; i++) {
            assertThat(take(rate, "10.0.0.1")).isEqualTo(ALLOWED);
        }
    }
}
