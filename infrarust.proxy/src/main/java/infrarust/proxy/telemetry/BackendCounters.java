package infrarust.proxy.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens to the addresses of servers. Any thread. */
public final class BackendCounters {

    private final LongAdder connectFailures = new LongAdder();
    private final LongAdder ejections = new LongAdder();
    private final LongAdder returns = new LongAdder();

    /** A connection to a backend could not be made. */
    public void connectFailed() {
        connectFailures.increment();
    }

    /** An address is left out from now on. */
    public void ejected() {
        ejections.increment();
    }

    /** An address that was left out takes players again. */
    public void returned() {
        returns.increment();
    }

    /** Connections that could not be made so far; looks after the health of addresses do not count. */
    public long connectFailuresSoFar() {
        return connectFailures.sum();
    }

    /** Whether nothing has happened so far. */
    public boolean isZero() {
        return connectFailures.sum() == 0 && ejections.sum() == 0 && returns.sum() == 0;
    }

    /** One line for the operator. */
    @Override
    public String toString() {
        return "Connections to servers that failed: " + connectFailures + "; addresses left out: " + ejections
                + ", returned: " + returns;
    }
}
