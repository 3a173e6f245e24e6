package infrarust.proxy.routing;

import infrarust.proxy.config.Balance;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one of a pool's members by the server's rule: the first, the next of nginx's smooth weighted round robin, or the
 * one with the fewest players for its weight, where equals take turns. Under the pool's lock.
 */
final class Selection {

    private final Balance balance;
    private final List<PoolMember> members;

    Selection(Balance balance, List<PoolMember> members) {
        this.balance = balance;
        this.members = members;
    }

    /**
     * @param eligible who may be chosen
     * @param takesTurn whether the choice counts as a turn; else the next one is the same
     */
    @Nullable
    PoolMember choose(Predicate<PoolMember> eligible, boolean takesTurn, long now) {
        return switch (balance) {
            case FIRST_AVAILABLE -> first(eligible);
            case ROUND_ROBIN -> inTurn(eligible, takesTurn, now);
            case LEAST_CONN -> {
                double least = leastLoad(eligible, now);
                yield inTurn(member -> eligible.test(member) && load(member, now) <= least, takesTurn, now);
            }
        };
    }

    private @Nullable PoolMember first(Predicate<PoolMember> eligible) {
        for (PoolMember member : members) {
            if (eligible.test(member)) {
                return member;
            }
        }
        return null;
    }

    /** Everybody moves forward by his weight, who is in front is chosen and falls back by the weights of all. */
    private @Nullable PoolMember inTurn(Predicate<PoolMember> eligible, boolean takesTurn, long now) {
        PoolMember front = null;
        double place = 0;
        double total = 0;
        for (PoolMember member : members) {
            if (eligible.test(member)) {
                double weight = member.weight(now);
                double moved = member.turn + weight;
                total += weight;
                if (takesTurn) {
                    member.turn = moved;
                }
                if (front == null || moved > place) {
                    front = member;
                    place = moved;
                }
            }
        }
        if (front != null && takesTurn) {
            front.turn -= total;
        }
        return front;
    }

    private double leastLoad(Predicate<PoolMember> eligible, long now) {
        double least = Double.POSITIVE_INFINITY;
        for (PoolMember member : members) {
            if (eligible.test(member)) {
                least = Math.min(least, load(member, now));
            }
        }
        return least;
    }

    /** With the player who is to be placed, so that the weight counts on an empty server too. */
    private static double load(PoolMember member, long now) {
        return (member.active + 1) / member.weight(now);
    }
}
