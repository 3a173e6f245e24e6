package infrarust.proxy.filter;

import infrarust.api.filter.DataVerdict;
import infrarust.api.filter.TransportFilter;
import infrarust.api.filter.TransportWatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** An open connection that transport filters watch, in their order, until it ends. Belongs to the channel's loop, unless a method says otherwise. */
final class WatchedConnection {

    private final TransportFilters registry;
    private final RawConnection connection;
    private final BytesCursor cursor = new BytesCursor();
    private List<Watching> watches;

    /** One filter's watch. */
    static final class Watching {

        private final Registered<TransportFilter> filter;
        private final TransportWatch watch;
        private boolean wantsData;

        private Watching(Registered<TransportFilter> filter, TransportWatch watch) {
            this.filter = filter;
            this.watch = watch;
        }

        private void fault(Throwable failure) {
            wantsData = false;
            filter.faults().add("failed", "the bytes of that connection pass without it", failure);
        }
    }

    /** A watch that has been asked what it wants. */
    static Watching watching(Registered<TransportFilter> filter, TransportWatch watch) {
        var watching = new Watching(filter, watch);
        try {
            watching.wantsData = watch.wantsData();
        } catch (Throwable failure) { // foreign code
            watching.fault(failure);
        }
        return watching;
    }

    WatchedConnection(TransportFilters registry, RawConnection connection, List<Watching> watches) {
        this.registry = registry;
        this.connection = connection;
        this.watches = List.copyOf(watches);
    }

    /** From here on, until the channel closes. */
    void begin() {
        registry.watches(this);
        var _ = connection.channel().closeFuture().addListener(closed -> end());
        // A filter may have gone while another one was thinking.
        for (Watching watching : watches) {
            if (!registry.isRegistered(watching.filter)) {
                remove(watching.filter);
            }
        }
    }

    boolean wantsData() {
        return watches.stream().anyMatch(watching -> watching.wantsData);
    }

    RawConnection connection() {
        return connection;
    }

    /** That filter is gone. Any thread. */
    void withdraw(Registered<TransportFilter> filter) {
        try {
            connection.channel().eventLoop().execute(() -> remove(filter));
        } catch (RejectedExecutionException stopping) {
            // The loop has ended, and the connection with it.
        }
    }

    private void remove(Registered<TransportFilter> filter) {
        List<Watching> left = new ArrayList<>(watches);
        for (Watching watching : watches) {
            if (watching.filter == filter) {
                left.remove(watching);
                watching.wantsData = false;
                closed(watching);
            }
        }
        watches = List.copyOf(left);
    }

    /** The connection has ended. */
    void end() {
        registry.forget(this);
        List<Watching> all = watches;
        watches = List.of();
        all.forEach(this::closed);
    }

    private void closed(Watching watching) {
        try {
            watching.watch.closed(connection);
        } catch (Throwable failure) { // foreign code
            watching.filter.faults().add("failed when its watch was closed", "it is gone all the same", failure);
        }
    }

    /**
     * Shows bytes of the client to everybody who wants them.
     *
     * @param bytes taken
     * @return what goes on, the caller's to release; an unreadable buffer when nothing does
     */
    ByteBuf ofClient(ByteBuf bytes) {
        connection.receives(bytes.readableBytes());
        List<Watching> all = watches;
        ByteBuf shown = bytes;
        for (int i = 0; i < all.size(); i++) {
            shown = show(all.get(i), shown, true);
        }
        return shown;
    }

    /** As {@link #ofClient}, of bytes for the client, which meet the filters the other way round. */
    ByteBuf ofServer(ByteBuf bytes) {
        List<Watching> all = watches;
        ByteBuf shown = bytes;
        for (int i = all.size() - 1; i >= 0; i--) {
            shown = show(all.get(i), shown, false);
        }
        connection.sends(shown.readableBytes());
        return shown;
    }

    private ByteBuf show(Watching watching, ByteBuf bytes, boolean ofClient) {
        if (!watching.wantsData || !bytes.isReadable()) {
            return bytes;
        }
        DataVerdict verdict;
        cursor.show(bytes, bytes.readerIndex(), bytes.writerIndex());
        try {
            verdict = ofClient
                    ? watching.watch.clientData(connection, cursor)
                    : watching.watch.serverData(connection, cursor);
        } catch (Throwable failure) { // foreign code: the bytes pass
            watching.fault(failure);
            return bytes;
        } finally {
            cursor.forget();
        }
        if (verdict instanceof DataVerdict.Pass) {
            return bytes;
        }
        if (verdict instanceof DataVerdict.Replace(byte[] others)) {
            Channel channel = connection.channel();
            bytes.release();
            return channel.alloc().directBuffer(Math.max(1, others.length)).writeBytes(others);
        }
        if (verdict == null) {
            watching.fault(new NullPointerException("the verdict is null"));
            return bytes;
        }
        connection.close();
        return bytes.skipBytes(bytes.readableBytes());
    }
}
