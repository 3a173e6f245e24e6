package infrarust.proxy.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes accepted connections from the listening channel, no more at a time than allowed, and pauses when the system cannot
 * give more (for lack of file descriptors, as a rule): 100 ms, doubling to 5 s, with one line in the log per pause that grows.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final int maxConnections;
    private final Consumer<Channel> accepted;
    private final AtomicInteger open = new AtomicInteger();
    private Duration pause = Duration.ZERO;
    private boolean pausing;

    /**
     * @param maxConnections 0 for no limit
     * @param accepted takes over each channel, which is not registered with a loop yet
     */
    Acceptor(int maxConnections, Consumer<Channel> accepted) {
        this.maxConnections = maxConnections;
        this.accepted = accepted;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        readIfAllowed(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        pause = Duration.ZERO;
        var client = (Channel) message;
        open.incrementAndGet();
        // The loop of the listening channel owns the decision to accept; clients close on loops of their own.
        var _ = client.closeFuture().addListener(closed -> {
            if (open.getAndDecrement() == maxConnections) {
                ctx.executor().execute(() -> readIfAllowed(ctx));
            }
        });
        accepted.accept(client);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        readIfAllowed(ctx);
    }

    private void readIfAllowed(ChannelHandlerContext ctx) {
        if (!pausing && (maxConnections == 0 || open.get() < maxConnections)) {
            ctx.read();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (pausing) {
            return;
        }
        Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        if (longer.compareTo(LONGEST_PAUSE) <= 0) {
            LOG.warn(
                    "Cannot accept connections ({}); trying again in {} ms. If this stays, raise the limit of open files (ulimit -n)",
                    cause.getMessage(),
                    pause.toMillis());
        }
        pausing = true;
        var _ = ctx.executor()
                .schedule(
                        () -> {
                            pausing = false;
                            readIfAllowed(ctx);
                        },
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** How many accepted connections are open. Any thread. */
    int open() {
        return open.get();
    }
}
