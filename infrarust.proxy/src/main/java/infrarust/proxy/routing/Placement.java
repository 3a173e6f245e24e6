package infrarust.proxy.routing;

import infrarust.proxy.config.Address;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One player's way to a place in a {@link Pool}, and the place itself until he leaves: the one object that counts him, and
 * that stops counting him, once. For one thread at a time, the player's event loop.
 *
 * <p>Take {@link #next} address; tell whether it {@link #answered} or {@link #failed}; after a failure take the next; in any
 * case {@link #close} at the end.
 */
public final class Placement implements AutoCloseable {

    private final Pool pool;
    private final boolean counts;
    private final BitSet tried = new BitSet();
    private @Nullable PoolMember member;
    private boolean decided;
    private boolean closed;

    Placement(Pool pool, boolean counts) {
        this.pool = pool;
        this.counts = counts;
    }

    /** An address that this placement has not had yet; gives up the one before. Empty when there is no other. */
    public Optional<Address> next() {
        leave();
        if (closed) {
            return Optional.empty();
        }
        decided = false;
        PoolMember chosen = pool.place(tried, counts);
        member = chosen;
        return chosen == null ? Optional.empty() : Optional.of(chosen.backend.address());
    }

    /** The address takes connections. */
    public void answered() {
        PoolMember asked = member;
        if (asked != null && !decided) {
            decided = true;
            pool.answered(asked);
        }
    }

    /**
     * The address cannot be reached, or did not answer as it should.
     *
     * @param why for the log
     */
    public void failed(String why) {
        PoolMember asked = member;
        if (asked != null) {
            decided = true;
            pool.failed(asked, why);
        }
    }

    /** The player has left, or nobody looks for a place any more. May be called again. */
    @Override
    public void close() {
        leave();
        closed = true;
    }

    private void leave() {
        PoolMember left = member;
        if (left != null) {
            member = null;
            if (!decided) {
                pool.undecided(left);
            }
            if (counts) {
                pool.leave(left);
            }
        }
    }
}
