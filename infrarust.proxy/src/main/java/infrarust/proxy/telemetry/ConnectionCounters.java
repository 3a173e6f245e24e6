package infrarust.proxy.telemetry;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what hostile or broken clients do, instead of a line in the log for each. Any thread. */
public final class ConnectionCounters {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final Map<Refusal, Refused> refused = new EnumMap<>(Refusal.class);

    /** All counters at zero. */
    public ConnectionCounters() {
        for (Refusal reason : Refusal.values()) {
            refused.put(reason, new Refused());
        }
    }

    /** A connection has been accepted. */
    public void accept() {
        accepted.increment();
    }

    /** A connection that was accepted has closed. */
    public void close() {
        closed.increment();
    }

    /** How many are open now. */
    public long open() {
        return Math.max(0, accepted.sum() - closed.sum());
    }

    /** A connection of that address is being ended for that reason. */
    public void refuse(Refusal reason, InetAddress address) {
        Refused those = refused(reason);
        those.count.increment();
        those.last = address;
    }

    /** How many connections have been accepted so far. */
    public long acceptedSoFar() {
        return accepted.sum();
    }

    /** How many have been refused for that reason so far. */
    public long refusedSoFar(Refusal reason) {
        return refused(reason).count.sum();
    }

    /** The address that was refused last for that reason, if one was. */
    public Optional<InetAddress> refusedLast(Refusal reason) {
        return Optional.ofNullable(refused(reason).last);
    }

    /** One line for the operator: how many came, and how many of them were refused for which reason. */
    @Override
    public String toString() {
        String reasons = Arrays.stream(Refusal.values())
                .filter(reason -> refusedSoFar(reason) > 0)
                .map(reason -> reason.text() + " " + refusedSoFar(reason))
                .collect(Collectors.joining(", "));
        long all = accepted.sum();
        return all + (all == 1 ? " connection" : " connections") + (reasons.isEmpty() ? "" : ", refused: " + reasons);
    }

    private Refused refused(Refusal reason) {
        return Objects.requireNonNull(refused.get(reason), "every reason has its counter");
    }

    private static final class Refused {
        final LongAdder count = new LongAdder();
        volatile @Nullable InetAddress last;
    }
}
