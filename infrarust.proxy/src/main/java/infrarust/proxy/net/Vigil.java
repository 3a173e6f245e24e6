package infrarust.proxy.net;

import infrarust.proxy.net.Deadlines.Deadline;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches a peer that may take its time, but not for ever: it has to send something now and then, and to take what it is sent.
 * Looks at counters some times within the time allowed, so that reads and writes cost no more than an addition; a peer is found
 * out a quarter of its time too late at most. For the loop's thread.
 */
public final class Vigil {

    /** What a peer has not done. */
    public enum Fault {
        /** It has sent nothing. */
        SILENT,
        /** It has taken nothing, or next to nothing, of what waits for it. */
        NOT_READING
    }

    /**
     * How long a peer may fail to do something.
     *
     * @param read to send anything
     * @param write to take what waits for it
     */
    public record Patience(Duration read, Duration write) {}

    /** What is watched; the counters only grow. */
    public interface Peer {

        /** How much has come from it so far, in bytes or reads. */
        long received();

        /** Whether it is listened to at the moment: who is not cannot be called silent. */
        boolean isHeard();

        /** How many bytes wait for it. */
        long waiting();

        /** How many bytes it has taken so far. */
        long taken();
    }

    /**
     * Who takes less than this in the time allowed only pretends to read. A client on the worst of lines takes more in a second,
     * and nobody keeps the proxy's memory for long with a byte now and then.
     */
    static final long LEAST_TAKEN = 16 << 10;

    private static final int LOOKS = 4;

    private final Deadlines deadlines;
    private final Patience patience;
    private final Peer peer;
    private final Consumer<Fault> found;
    private final Duration step;
    private @Nullable Deadline next;
    private long received;
    private Duration silent = Duration.ZERO;
    private long taken;
    private long owed;
    private Duration stalled = Duration.ZERO;

    private Vigil(Deadlines deadlines, Patience patience, Peer peer, Consumer<Fault> found) {
        this.deadlines = deadlines;
        this.patience = patience;
        this.peer = peer;
        this.found = found;
        Duration shorter = patience.read.compareTo(patience.write) < 0 ? patience.read : patience.write;
        this.step = shorter.dividedBy(LOOKS);
        this.received = peer.received();
        begin();
    }

    /**
     * Begins to watch.
     *
     * @param found hears of the first fault; then the watch is over
     */
    public static Vigil over(Peer peer, Patience patience, Deadlines deadlines, Consumer<Fault> found) {
        var vigil = new Vigil(deadlines, patience, peer, found);
        vigil.rest();
        return vigil;
    }

    private void rest() {
        next = deadlines.arm(step, this::look);
    }

    private void look() {
        rest();
        if (isSilent()) {
            end(Fault.SILENT);
        } else if (isStalled()) {
            end(Fault.NOT_READING);
        }
    }

    private boolean isSilent() {
        long now = peer.received();
        if (now != received || !peer.isHeard()) {
            received = now;
            silent = Duration.ZERO;
            return false;
        }
        silent = silent.plus(step);
        return silent.compareTo(patience.read) >= 0;
    }

    private boolean isStalled() {
        if (peer.waiting() == 0 || peer.taken() - taken >= owed) {
            begin();
            return false;
        }
        stalled = stalled.plus(step);
        return stalled.compareTo(patience.write) >= 0;
    }

    /** From now on the peer has its time to take what waits. Nothing waits: then nothing is owed. */
    private void begin() {
        taken = peer.taken();
        owed = Math.min(peer.waiting(), LEAST_TAKEN);
        stalled = Duration.ZERO;
    }

    private void end(Fault fault) {
        stop();
        found.accept(fault);
    }

    /** Watches no longer. */
    public void stop() {
        Deadline armed = next;
        if (armed != null) {
            armed.disarm();
            next = null;
        }
    }
}
