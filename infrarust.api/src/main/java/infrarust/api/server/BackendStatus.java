package infrarust.api.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One address of a server at one moment.
 *
 * @param address which one
 * @param weight its share of the players, as configured
 * @param effectiveWeight less while it starts slowly after it was away
 * @param health how it is
 * @param players who are there or on their way
 * @param ejections how often it has been left out so far
 * @param healthyFor since when it takes players; empty while it is left out
 * @param drainedBy who lets it run empty: ids of plugins, or {@code operator}
 * @param lastFailure how long ago it did not answer; empty when it always has
 */
public record BackendStatus(
        ServerAddress address,
        int weight,
        double effectiveWeight,
        BackendHealth health,
        int players,
        int ejections,
        Optional<Duration> healthyFor,
        List<String> drainedBy,
        Optional<Duration> lastFailure) {

    public BackendStatus {
        drainedBy = List.copyOf(drainedBy);
    }
}
