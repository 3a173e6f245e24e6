package infrarust.proxy.telemetry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the operator from time to time what the door refuses and which players met a limit, however many that are: a limit that
 * is too tight or a load balancer that is not trusted shows in the log, a flood does not fill it. For one thread.
 */
public final class RefusalReport {

    private static final List<Refusal> REPORTED = List.of(
            Refusal.IP_FILTER,
            Refusal.LOGIN_RATE,
            Refusal.PING_RATE,
            Refusal.PROXY_HEADER_MISSING,
            Refusal.PROXY_HEADER_UNTRUSTED,
            Refusal.PROXY_HEADER_MALFORMED,
            Refusal.SILENT,
            Refusal.NOT_READING,
            Refusal.FLOOD,
            Refusal.SERVER_STALLED);

    private final ConnectionCounters counters;
    private final Map<Refusal, Long> reported = new EnumMap<>(Refusal.class);

    /** @param counters what is reported */
    public RefusalReport(ConnectionCounters counters) {
        this.counters = counters;
    }

    /** What has been refused since the last call, with the last address for each reason; empty for nothing. */
    public Optional<String> next() {
        List<String> parts = new ArrayList<>();
        for (Refusal reason : REPORTED) {
            long count = counters.refusedSoFar(reason);
            long before = reported.getOrDefault(reason, 0L);
            if (count > before) {
                reported.put(reason, count);
                String last = counters.refusedLast(reason)
                        .map(address -> " (last " + address.getHostAddress() + ")")
                        .orElse("");
                parts.add(reason.text() + " " + (count - before) + last);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of("Refused: " + String.join(", ", parts));
    }
}
