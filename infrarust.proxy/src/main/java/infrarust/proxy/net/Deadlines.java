package infrarust.proxy.net;

import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of everything that waits on one event loop, looked at by one sweep instead of a timer each: arming and
 * disarming cost two pointer writes, which matters when every connection arms several. Late by up to {@link #SWEEP}.
 *
 * <p>Only the loop's thread may use it; the actions run there.
 */
public final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    /** How often the sweep looks, while there is something to look at. */
    public static final Duration SWEEP = Duration.ofMillis(250);

    private final EventExecutor loop;
    private final LongSupplier nanoTime;
    private final Deadline ring = new Deadline(0, () -> {});
    private boolean sweeping;

    /**
     * @param loop whose thread sweeps
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public Deadlines(EventExecutor loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
    }

    /** Runs the action once that time has passed, unless {@link Deadline#disarm disarmed} before. */
    public Deadline arm(Duration after, Runnable late) {
        var deadline = new Deadline(nanoTime.getAsLong() + after.toNanos(), late);
        deadline.linkBefore(ring);
        if (!sweeping) {
            sweeping = true;
            scheduleSweep();
        }
        return deadline;
    }

    /** Closes the channel once that time has passed, unless it has closed or the deadline is disarmed before. */
    public Deadline close(Duration after, Channel channel) {
        Deadline deadline = arm(after, () -> {
            var _ = channel.close();
        });
        var _ = channel.closeFuture().addListener(closed -> deadline.disarm());
        return deadline;
    }

    /** Runs every action whose time has come. The sweep calls it; tests with a clock of their own do too. */
    public void sweep() {
        long now = nanoTime.getAsLong();
        Deadline deadline = ring.next;
        while (deadline != ring) {
            Deadline following = deadline.next;
            if (deadline.at - now <= 0) {
                deadline.disarm();
                try {
                    deadline.late.run();
                } catch (Throwable e) { // whatever it is, the other connections keep their deadlines
                    LOG.error("What was to be done after a deadline failed", e);
                }
                // The action may have disarmed the following one, which then is not part of the ring any more.
                if (following.next == null) {
                    following = ring.next;
                }
            }
            deadline = following;
        }
    }

    /** Whether nothing is armed. */
    public boolean isEmpty() {
        return ring.next == ring;
    }

    private void scheduleSweep() {
        var _ = loop.schedule(
                () -> {
                    sweep();
                    if (isEmpty()) {
                        sweeping = false;
                    } else {
                        scheduleSweep();
                    }
                },
                SWEEP.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** One armed deadline: a link of the ring. */
    public static final class Deadline {

        private final long at;
        private final Runnable late;
        private @Nullable Deadline previous;
        private @Nullable Deadline next;

        private Deadline(long at, Runnable late) {
            this.at = at;
            this.late = late;
            this.previous = this;
            this.next = this;
        }

        private void linkBefore(Deadline ring) {
            previous = ring.previous;
            next = ring;
            ring.previous.next = this;
            ring.previous = this;
        }

        /** Takes the deadline back; does nothing when it has been taken back or has passed already. */
        public void disarm() {
            Deadline before = previous;
            Deadline after = next;
            if (before != null && after != null) {
                before.next = after;
                after.previous = before;
                previous = null;
                next = null;
            }
        }
    }
}
