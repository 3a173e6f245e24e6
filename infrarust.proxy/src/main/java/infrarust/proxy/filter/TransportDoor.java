package infrarust.proxy.filter;

import infrarust.api.filter.TransportFilter;
import infrarust.api.filter.TransportVerdict;
import infrarust.api.filter.TransportWatch;
import infrarust.proxy.net.Deadlines;
import infrarust.proxy.net.LoopScope;
import infrarust.proxy.net.Outermost;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one transport filter after the other about a new connection, which is not read meanwhile; what has been read behind a PROXY header
 * waits. Then gives its place to whoever reads on. Belongs to the channel's loop.
 */
final class TransportDoor extends ChannelInboundHandlerAdapter {

    private final TransportFilters registry;
    private final List<Registered<TransportFilter>> filters;
    private final RawConnection connection;
    private final LoopScope scope;
    private final Runnable rejected;
    private final Supplier<ChannelHandler> first;
    private final List<WatchedConnection.Watching> watches = new ArrayList<>(0);
    private final Queue<ByteBuf> kept = new ArrayDeque<>(0);
    private @Nullable ChannelHandlerContext context;
    private Deadlines.@Nullable Deadline deadline;
    private int next;
    /** The filter that is being asked; an answer that comes later than that is none. */
    private int asked = -1;

    private boolean over;

    TransportDoor(
            TransportFilters registry,
            List<Registered<TransportFilter>> filters,
            RawConnection connection,
            LoopScope scope,
            Runnable rejected,
            Supplier<ChannelHandler> first) {
        this.registry = registry;
        this.filters = filters;
        this.connection = connection;
        this.scope = scope;
        this.rejected = rejected;
        this.first = first;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setAutoRead(false);
        goOn();
    }

    /** Asks until one takes its time. */
    private void goOn() {
        while (!over && asked < 0) {
            if (next == filters.size()) {
                letIn();
                return;
            }
            ask(filters.get(next), next);
        }
    }

    private void ask(Registered<TransportFilter> filter, int place) {
        asked = place;
        CompletionStage<TransportVerdict> answer;
        try {
            answer = filter.filter().accepted(connection);
            if (answer == null) {
                throw new NullPointerException("the filter answered null");
            }
        } catch (Throwable failure) { // foreign code: whatever it throws, the connection must not get by
            reject(filter, "failed", failure);
            return;
        }
        var done = answer.toCompletableFuture();
        if (done.isDone() && !done.isCompletedExceptionally()) {
            decide(filter, done.join());
            return;
        }
        deadline = scope.deadlines().arm(registry.acceptTime(), () -> {
            if (asked == place) {
                reject(filter, "took too long", null);
            }
        });
        var _ = answer.whenCompleteAsync(
                (verdict, failure) -> {
                    if (asked == place && !over) {
                        disarm();
                        if (verdict == null) {
                            reject(
                                    filter,
                                    "failed",
                                    failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
                        } else {
                            decide(filter, verdict);
                            goOn();
                        }
                    }
                },
                scope.loop());
    }

    private void decide(Registered<TransportFilter> filter, @Nullable TransportVerdict verdict) {
        switch (verdict) {
            case TransportVerdict.Accept() -> {}
            case TransportVerdict.Watch(TransportWatch by) -> watches.add(WatchedConnection.watching(filter, by));
            case TransportVerdict.Reject() -> {
                shut();
                return;
            }
            case null -> {
                reject(filter, "answered null", null);
                return;
            }
        }
        asked = -1;
        next++;
    }

    private void reject(Registered<TransportFilter> filter, String fault, @Nullable Throwable cause) {
        filter.faults().add(fault, "the connection is rejected", cause);
        shut();
    }

    private void shut() {
        if (!over) {
            end();
            rejected.run();
            connection.close();
        }
    }

    private void letIn() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || over) {
            return;
        }
        over = true;
        if (!watches.isEmpty()) {
            var watched = new WatchedConnection(registry, connection, watches);
            watched.begin();
            if (watched.wantsData()) {
                ctx.pipeline().addBefore(ctx.name(), Outermost.NAME, new TransportTap(watched));
            }
        }
        ctx.pipeline().replace(this, null, first.get());
        for (ByteBuf bytes = kept.poll(); bytes != null; bytes = kept.poll()) {
            ctx.pipeline().fireChannelRead(bytes);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over) {
            ((ByteBuf) message).release();
        } else {
            kept.add((ByteBuf) message);
        }
    }

    /** It has left before anybody has decided. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            connection.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.close(); // the connection broke, which is nothing to write a line about
    }

    /** Nobody waits for an answer any more; filters that watch hear that there is nothing to watch. */
    private void end() {
        if (over) {
            return;
        }
        over = true;
        disarm();
        kept.forEach(ByteBuf::release);
        kept.clear();
        new WatchedConnection(registry, connection, watches).end();
    }

    private void disarm() {
        if (deadline != null) {
            deadline.disarm();
        }
    }
}
