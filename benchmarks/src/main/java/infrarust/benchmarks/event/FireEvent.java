package infrarust.benchmarks.event;

import infrarust.api.event.ConnectionRejectedEvent;
import infrarust.api.event.ConnectionRejectedEvent.Reason;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds for one event from the call to the moment that the caller knows that all have dealt with it. The listeners
 * return at once, so with one of them nearly all of it is the way to another thread and back.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class FireEvent {

    /** How many listen. */
    @Param({"0", "1", "10"})
    public int listeners;

    /** Whether a listener returns when it is done, or a stage that is complete. */
    @Param({"false", "true"})
    public boolean async;

    private final Deadlines.RealTime deadlines = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(deadlines, EventDispatcher.DEFAULT_TIMEOUT);
    private final ProxyInitializeEvent event = new ProxyInitializeEvent();
    private final ConnectionRejectedEvent rejected = new ConnectionRejectedEvent(
            InetSocketAddress.createUnresolved("127.0.0.1", 1), Optional.empty(), Reason.RATE_LIMIT);
    private int heard;

    /** Subscribes them. */
    @Setup
    public void subscribe() {
        EventBus bus = events.busOf("benchmark");
        for (int i = 0; i < listeners; i++) {
            if (async) {
                bus.subscribeAsync(ProxyInitializeEvent.class, EventPriority.NORMAL, told -> {
                    heard++;
                    return CompletableFuture.completedStage(null);
                });
            } else {
                bus.subscribe(ProxyInitializeEvent.class, told -> heard++);
            }
        }
    }

    /** Ends the clock's thread. */
    @TearDown
    public void close() {
        deadlines.close();
    }

    /** An event that is waited for. */
    @Benchmark
    public Object fire() {
        return events.fire(event).toCompletableFuture().join();
    }

    /** An event that is told, and nobody listens: what a refused connection pays. */
    @Benchmark
    public void postUnheard() {
        events.post(rejected);
    }
}
