package infrarust.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
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
}
