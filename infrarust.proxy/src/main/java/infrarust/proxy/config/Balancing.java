package infrarust.proxy.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How players are spread over the addresses of a server.
 *
 * @param balance the rule
 * @param slowStart how long an address that has recovered takes to get back to its full weight; empty: at once
 * @param slowStartAggression the exponent of that growth, finite and above 0: 1 is linear, more is gentler at the start
 */
public record Balancing(Balance balance, Optional<Duration> slowStart, double slowStartAggression) {

    public Balancing {
        if (!isAggression(slowStartAggression)) {
            throw new IllegalArgumentException("the aggression " + slowStartAggression + " is not finite and above 0");
        }
    }

    /** What holds when the file says nothing. */
    public static Balancing defaults() {
        return of(Balance.FIRST_AVAILABLE);
    }

    /** That rule without slow start. */
    public static Balancing of(Balance balance) {
        return new Balancing(balance, Optional.empty(), 1);
    }

    static boolean isAggression(double value) {
        return Double.isFinite(value) && value > 0;
    }
}
