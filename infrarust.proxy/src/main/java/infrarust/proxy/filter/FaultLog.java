package infrarust.proxy.filter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faults of one filter or listener, of all connections: a line for the first, and at most one in {@link #PAUSE} for those that
 * follow, which says how many there were. Any thread.
 */
public final class FaultLog {

    /** Ten lines a minute. */
    static final Duration PAUSE = Duration.ofSeconds(6);

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    private final String owner;
    private final String what;
    private boolean told;
    private long toldAt;
    private int untold;

    /**
     * @param owner the id of the plugin
     * @param what is at fault, as the line shall call it
     */
    FaultLog(String owner, String what) {
        this.owner = owner;
        this.what = what;
    }

    /**
     * Notes a fault.
     *
     * @param consequence what happens because of it, as the end of the line
     * @param cause null when there is none to be shown
     */
    public void add(String fault, String consequence, @Nullable Throwable cause) {
        int before;
        synchronized (this) {
            long now = System.nanoTime();
            if (told && now - toldAt < PAUSE.toNanos()) {
                untold++;
                return;
            }
            told = true;
            toldAt = now;
            before = untold;
            untold = 0;
        }
        LOG.warn(
                "plugin '{}': {} {}; {}{}",
                owner,
                what,
                fault,
                consequence,
                before == 0 ? "" : " (and " + before + " more of its faults since the last line)",
                cause);
    }
}
