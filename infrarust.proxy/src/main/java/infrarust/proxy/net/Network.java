package infrarust.proxy.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops, and what is opened on them: listeners and connections to backends. Any thread may call; nothing blocks but
 * {@link Listener#open} and {@link #close}.
 */
public final class Network implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Network.class);
    private static final int BACKLOG = 1024;

    private final Transport transport;
    private final EventLoopGroup loops;
    private final IdentityHashMap<EventLoop, LoopScope> scopes = new IdentityHashMap<>();
    private final BackendConnector connector;
    private final KeepAlive keepAlive;

    private Network(Transport transport, EventLoopGroup loops, KeepAlive keepAlive, LongSupplier nanoTime) {
        this.transport = transport;
        this.loops = loops;
        this.keepAlive = keepAlive;
        for (EventExecutor executor : loops) {
            if (executor instanceof EventLoop loop) {
                scopes.put(loop, LoopScope.of(loop, transport, nanoTime));
            }
        }
        this.connector = new SocketConnector(this, NameLookup.ofSystem());
    }

    /**
     * Starts event loops.
     *
     * @param transport one that is available
     * @param threads how many loops; 0 for one per processor
     * @param keepAlive holds for every connection
     */
    public static Network start(Transport transport, int threads, KeepAlive keepAlive) {
        return start(transport, threads, keepAlive, System::nanoTime);
    }

    /**
     * As {@link #start(Transport, int, KeepAlive)}.
     *
     * @param nanoTime a clock as {@link System#nanoTime}, which {@linkplain LoopScope#deadlines deadlines} go by; any thread
     */
    public static Network start(Transport transport, int threads, KeepAlive keepAlive, LongSupplier nanoTime) {
        int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        LOG.info("Network: {}, {} event loop{}", transport, count, count == 1 ? "" : "s");
        return new Network(
                transport,
                new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("loop"), transport.ioHandlers()),
                keepAlive,
                nanoTime);
    }

    /**
     * Makes the system calls of {@code zero_copy} ready on every loop, where there are such, and says so in the log. Costs
     * some hundredths of a second, so it is called before the first server with that mode is served, not on a loop.
     */
    public void prepareZeroCopy() {
        boolean ready = true;
        for (LoopScope scope : scopes.values()) {
            Optional<Splice> calls = Splice.of(transport);
            calls.ifPresent(splice -> scope.loop().execute(() -> scope.splice(splice)));
            ready &= calls.isPresent();
        }
        LOG.info(
                "zero_copy moves bytes {}",
                ready
                        ? "inside the kernel (splice)"
                        : "as passthrough does, because this needs Linux and the transport epoll");
    }

    /** How many event loops there are. */
    public int loopCount() {
        return scopes.size();
    }

    /** What the kernel is asked with. */
    public Transport transport() {
        return transport;
    }

    /**
     * What the connections of a loop share.
     *
     * @throws IllegalArgumentException when the loop is not one of this network
     */
    public LoopScope scope(EventLoop loop) {
        LoopScope scope = scopes.get(loop);
        if (scope == null) {
            throw new IllegalArgumentException("Not a loop of this network: " + loop);
        }
        return scope;
    }

    /** One of the loops, for a connection that belongs to no client. */
    public EventLoop nextLoop() {
        return loops.next();
    }

    /** Opens connections to backends. */
    public BackendConnector connector() {
        return connector;
    }

    /**
     * Prepares to listen: {@link Listener#open} is the quick rest.
     *
     * @param settings where
     * @param firstHandler makes the handler of each accepted channel, on the channel's own loop; reading is off until the
     *     handler turns it on ({@code autoRead}), reads are small until {@link ReceiveBuffer#readLarge}, half-close is allowed
     */
    public Listener listener(ListenSettings settings, BiFunction<Channel, LoopScope, ChannelHandler> firstHandler) {
        ServerChannel server = transport.newServerChannel();
        var config = server.config();
        config.setAutoRead(false);
        config.setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        config.setOption(ChannelOption.SO_REUSEADDR, true);
        if (settings.reusePort() && !config.setOption(UnixChannelOption.SO_REUSEPORT, true)) {
            LOG.warn("so_reuseport has no effect with the transport {}", transport);
        }
        if (settings.maxConnections() > 0) {
            // One at a time, so that the limit is looked at before each.
            config.setRecvByteBufAllocator(new FixedRecvByteBufAllocator(1).maxMessagesPerRead(1));
        }
        boolean inherited = transport.keepAliveOfAccepted(server, keepAlive);
        server.pipeline()
                .addLast(
                        new Acceptor(settings.maxConnections(), channel -> register(channel, inherited, firstHandler)));
        return new Listener(server, loops.next().register(server), settings);
    }

    /** A socket that is about to listen. */
    public static final class Listener {

        private final ServerChannel server;
        private final ChannelFuture registered;
        private final ListenSettings settings;

        private Listener(ServerChannel server, ChannelFuture registered, ListenSettings settings) {
            this.server = server;
            this.registered = registered;
            this.settings = settings;
        }

        /**
         * Listens. Called once.
         *
         * @return the listening channel; its local address tells the port, closing it ends the listening and leaves the
         *     accepted connections alone
         * @throws IOException when the address cannot be listened on; the message names it
         */
        public Channel open() throws IOException {
            try {
                registered.syncUninterruptibly();
                server.bind(settings.address()).syncUninterruptibly();
                // Netty rethrows what the bind failed with, undeclared: an IOException as a rule.
            } catch (Exception e) {
                var _ = server.close();
                throw new IOException("Cannot listen on " + settings.address() + ": " + e.getMessage(), e);
            }
            return server;
        }
    }

    private void register(
            Channel channel, boolean keptAlive, BiFunction<Channel, LoopScope, ChannelHandler> firstHandler) {
        EventLoop loop = loops.next();
        LoopScope scope = scope(loop);
        configure(channel, keptAlive, scope);
        channel.config().setAutoRead(false);
        // In place before the registration, and not after: what happens to the channel between the two would find
        // nobody.
        channel.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel registered) {
                registered.pipeline().addLast(firstHandler.apply(registered, scope));
            }
        });
        var _ = loop.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
            }
        });
    }

    /**
     * The options of every connection, to clients and to backends. Netty itself turns {@code TCP_NODELAY} on.
     *
     * @param keptAlive whether the system has set the probes already
     */
    void configure(Channel channel, boolean keptAlive, LoopScope scope) {
        var config = channel.config();
        config.setAllocator(PooledByteBufAllocator.DEFAULT);
        config.setRecvByteBufAllocator(scope.receiveBuffer().forChannel());
        config.setWriteBufferWaterMark(Outbound.MARKS);
        try {
            config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            if (!keptAlive) {
                transport.keepAlive(channel, keepAlive);
            }
        } catch (ChannelException e) {
            // The peer has gone already; the channel finds out by itself when it is read.
            LOG.debug("Cannot set the options of {}", channel, e);
        }
    }

    /** Closes everything that is open on the loops and ends them; waits for it, a few seconds at most. */
    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        for (LoopScope scope : scopes.values()) {
            scope.loop().execute(() -> {
                scope.receiveBuffer().release();
                scope.splice().ifPresent(Splice::close);
            });
        }
        loops.shutdownGracefully(0, Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
