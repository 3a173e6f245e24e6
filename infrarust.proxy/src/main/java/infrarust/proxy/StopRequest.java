package infrarust.proxy;

import java.util.concurrent.CountDownLatch;

/** Somebody wants the proxy to stop: a signal, an operator, a plugin. Any thread. */
final class StopRequest {

    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile String reason = "";

    /** Asks for it; whoever asks first says why. */
    synchronized void stop(String why) {
        if (!isMade()) {
            reason = why;
            asked.countDown();
        }
    }

    /** Whether somebody has asked. */
    boolean isMade() {
        return asked.getCount() == 0;
    }

    /** Waits until somebody asks. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** What players are told beside what the configuration says; may be empty. */
    String reason() {
        return reason;
    }
}
