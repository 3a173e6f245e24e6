package infrarust.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.event.LogLines;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RefusalReportTest {

    private final ConnectionCounters counters = new ConnectionCounters();
    private final RefusalReport report = new RefusalReport(counters);

    private void refuse(Refusal reason, String address) {
        counters.refuse(reason, InetAddress.ofLiteral(address));
    }

    @Test
    void says_nothing_when_nothing_was_refused_at_the_door() {
        assertThat(report.next()).isEmpty();
        refuse(Refusal.MALFORMED, "10.0.0.1");
        assertThat(report.next()).isEmpty();
    }

    @Test
    void says_once_how_many_were_refused_for_which_reason_and_who_was_the_last() {
        refuse(Refusal.LOGIN_RATE, "10.0.0.1");
        refuse(Refusal.LOGIN_RATE, "10.0.0.2");
        refuse(Refusal.IP_FILTER, "10.0.0.3");
        assertThat(report.next()).hasValue("Refused: ip filter 1 (last 10.0.0.3), login rate 2 (last 10.0.0.2)");
        assertThat(report.next()).isEmpty();

        refuse(Refusal.IP_FILTER, "10.0.0.4");
        assertThat(report.next()).hasValue("Refused: ip filter 1 (last 10.0.0.4)");
    }

    @Nested
    class However_many_there_are {

        private static final int MANY = 200_000;

        /** The longest count and the longest address, in any words that a reason may have. */
        private static final int LONGEST_PART = 100;

        private static InetAddress address(int number) {
            try {
                return InetAddress.getByAddress(ByteBuffer.allocate(16)
                        .putLong(0xFD12_3456_789A_BCDEL)
                        .putInt(0x89AB_CDEF)
                        .putInt(number)
                        .array());
            } catch (UnknownHostException impossible) {
                throw new AssertionError(impossible);
            }
        }

        private void flood() {
            Refusal[] reasons = Refusal.values();
            for (int i = 0; i < MANY; i++) {
                counters.refuse(reasons[i % reasons.length], address(i));
            }
        }

        @Test
        void one_line_has_no_more_than_a_count_and_one_address_for_each_reason() {
            flood();
            String line = report.next().orElseThrow();
            assertThat(line).doesNotContain("\n").hasSizeLessThan(Refusal.values().length * LONGEST_PART);
            assertThat(line.split(", ")).hasSizeLessThanOrEqualTo(Refusal.values().length);
            assertThat(report.next()).isEmpty();
        }

        @Test
        void of_all_addresses_the_last_one_for_each_reason_is_kept() {
            flood();
            Refusal[] reasons = Refusal.values();
            for (int i = MANY - reasons.length; i < MANY; i++) {
                assertThat(counters.refusedLast(reasons[i % reasons.length])).hasValue(address(i));
            }
        }

        @Test
        void counting_them_writes_no_line() {
            try (var log = LogLines.of("infrarust")) {
                flood();
                assertThat(log.lines()).isEmpty();
            }
        }
    }
}
