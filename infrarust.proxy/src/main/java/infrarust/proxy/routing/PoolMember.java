package infrarust.proxy.routing;

import infrarust.proxy.config.Backend;
import infrarust.proxy.config.Balancing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One address of a pool: what is known of it. Its pool's lock guards it. */
final class PoolMember {

    /** What an address that has just recovered weighs at least; at nothing, nobody would ever be sent there. */
    private static final double LEAST_SHARE = 0.01;

    /** Never that of another pool or another time: a placement that has tried it knows it by this. */
    final int index;

    final Ejection ejection = new Ejection();
    private final Set<String> drainedBy = new TreeSet<>();

    /** What the configuration says of it at the moment. */
    volatile Backend backend;

    private Balancing balancing;

    /** Players that are there or on their way. */
    int active;
    /** How far it is from its next turn, in the smooth weighted round robin. */
    double turn;
    /** A player is finding out whether it has recovered. */
    boolean inTrial;

    private long upNanos;
    private boolean recovered;

    PoolMember(Backend backend, int index, Balancing balancing, long now) {
        this.backend = backend;
        this.index = index;
        this.balancing = balancing;
        this.upNanos = now;
    }

    /** The configuration says something else; what is known of the address stays. */
    void configure(Backend next, Balancing rule) {
        backend = next;
        balancing = rule;
    }

    /** Whether somebody lets it run empty. */
    boolean draining() {
        return !drainedBy.isEmpty();
    }

    /** Lets it run empty in that name, or no more; true when that is new. */
    boolean drain(String by, boolean draining) {
        return draining ? drainedBy.add(by) : drainedBy.remove(by);
    }

    /** Who lets it run empty. */
    List<String> drainedBy() {
        return List.copyOf(drainedBy);
    }

    /** It is back, and starts slowly. */
    void recovered(long now) {
        recovered = true;
        upNanos = now;
    }

    /** Its weight, less while it starts slowly. */
    double weight(long now) {
        if (!recovered || balancing.slowStart().isEmpty()) {
            return backend.weight();
        }
        double part = (double) (now - upNanos) / balancing.slowStart().get().toNanos();
        if (part >= 1) {
            return backend.weight();
        }
        return backend.weight() * Math.max(LEAST_SHARE, Math.pow(Math.max(0, part), balancing.slowStartAggression()));
    }

    Health health(long now) {
        if (draining()) {
            return Health.DRAINING;
        }
        if (!ejection.isOut()) {
            return Health.HEALTHY;
        }
        return inTrial || ejection.isTrialDue(now) ? Health.PROBING : Health.UNHEALTHY;
    }

    Duration healthyFor(long now) {
        return Duration.ofNanos(now - upNanos);
    }
}
