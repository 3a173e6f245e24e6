package infrarust.proxy.telemetry;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what hostile or broken clients do, instead of a line in the log for each. Any thread. */
public final class ConnectionCounters {

    private final LongAdder accepted = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    /** All counters at zero. */
    public ConnectionCounters() {
        for (Refusal reason : Refusal.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    /** A connection has been accepted. */
    public void accept() {
        accepted.increment();
    }

    /** A connection is being ended for that reason. */
    public void refuse(Refusal reason) {
        refused(reason).increment();
    }

    /** How many connections have been accepted so far. */
    public long acceptedSoFar() {
        return accepted.sum();
    }

    /** How many have been refused for that reason so far. */
    public long refusedSoFar(Refusal reason) {
        return refused(reason).sum();
    }

    /** One line for the operator: how many came, and how many of them were refused for which reason. */
    @Override
    public String toString() {
        String reasons = refused.entrySet().stream()
                .filter(one -> one.getValue().sum() > 0)
                .map(one -> one.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                        + one.getValue().sum())
                .collect(Collectors.joining(", "));
        long all = accepted.sum();
        return all + (all == 1 ? " connection" : " connections") + (reasons.isEmpty() ? "" : ", refused: " + reasons);
    }

    private LongAdder refused(Refusal reason) {
        return Objects.requireNonNull(refused.get(reason), "every reason has its counter");
    }
}
