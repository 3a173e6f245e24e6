package infrarust.proxy.routing;

import infrarust.proxy.config.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One address of a pool at one moment, for operators and plugins.
 *
 * @param address where it listens
 * @param weight as configured
 * @param effectiveWeight less while the address starts slowly
 * @param health its state; an address that drains shows only that
 * @param active players that are there, and those on their way
 * @param ejections how often it has been left out so far
 * @param healthyFor since when it takes players; empty while it is left out
 * @param drainedBy who lets it run empty: ids of plugins, or {@link Pool#OPERATOR}
 * @param lastFailure how long ago it did not answer; empty when it always has
 */
public record MemberStatus(
        Address address,
        int weight,
        double effectiveWeight,
        Health health,
        int active,
        int ejections,
        Optional<Duration> healthyFor,
        List<String> drainedBy,
        Optional<Duration> lastFailure) {}
