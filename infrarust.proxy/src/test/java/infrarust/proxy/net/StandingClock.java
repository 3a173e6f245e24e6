package infrarust.proxy.net;

import io.netty.channel.EventLoop;
import java.time.Duration;

/** A clock that moves only when a test says so, and the scope of a loop that lives by it. */
public final class StandingClock {

    private long nanos = 1;

    public long nanoTime() {
        return nanos;
    }

    public void advance(Duration by) {
        nanos += by.toNanos();
    }

    public LoopScope scope(EventLoop loop) {
        return new LoopScope(loop, new Deadlines(loop, this::nanoTime), new ReceiveBuffer(false));
    }
}
