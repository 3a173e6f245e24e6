package infrarust.benchmarks.frame;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that benchmarks of this package run on: such as event loops have, where Netty hands out buffers and slices again
 * that it would make anew on any other.
 */
public final class LoopThreads extends ThreadPoolExecutor {

    /** A switch for forked JVMs: JMH is to take its threads from a class. */
    static final String CUSTOM = "-Djmh.executor=CUSTOM";
    /** The same: from this one. */
    static final String CLASS = "-Djmh.executor.class=infrarust.benchmarks.frame.LoopThreads";

    /**
     * As JMH calls it.
     *
     * @param threads how many
     * @param prefix of their names
     */
    public LoopThreads(int threads, String prefix) {
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(prefix, true));
    }
}
