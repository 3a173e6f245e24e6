package infrarust.proxy.net;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What all connections of one event loop share. Only the loop's thread may use it. */
public final class LoopScope {

    private final EventLoop loop;
    private final Deadlines deadlines;
    private final ReceiveBuffer receiveBuffer;
    private Optional<Splice> splice = Optional.empty();
    private long kept;

    LoopScope(EventLoop loop, Deadlines deadlines, ReceiveBuffer receiveBuffer) {
        this.loop = loop;
        this.deadlines = deadlines;
        this.receiveBuffer = receiveBuffer;
    }

    /** For a loop of that transport, with that clock. */
    static LoopScope of(EventLoop loop, Transport transport, LongSupplier nanoTime) {
        return new LoopScope(loop, new Deadlines(loop, nanoTime), new ReceiveBuffer(transport.sharesReceiveBuffer()));
    }

    /** The loop. */
    public EventLoop loop() {
        return loop;
    }

    /** What its connections wait for. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** What its connections read into. */
    public ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    /**
     * So many more (or, negative, fewer) bytes of clients are kept until the frames that they are parts of are whole.
     *
     * @return how many that are now, of all clients of the loop
     */
    public long kept(int change) {
        kept += change;
        return kept;
    }

    /** How bytes are moved inside the kernel, once {@link Network#prepareZeroCopy} has found that possible. */
    public Optional<Splice> splice() {
        return splice;
    }

    void splice(Splice calls) {
        splice = Optional.of(calls);
    }
}
