package infrarust.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ConnectionCountersTest {

    private static final InetAddress HOME = InetAddress.getLoopbackAddress();

    private final ConnectionCounters counters = new ConnectionCounters();

    @Test
    void name_only_the_reasons_that_occurred() {
        counters.accept();
        assertThat(counters).hasToString("1 connection");

        counters.accept();
        counters.refuse(Refusal.TOO_SLOW, HOME);
        counters.refuse(Refusal.UNKNOWN_DOMAIN, HOME);
        counters.refuse(Refusal.UNKNOWN_DOMAIN, HOME);
        assertThat(counters).hasToString("2 connections, refused: too slow 1, unknown domain 2");
    }
}
