package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one large buffer that all channels of an event loop read into. The size of a read decides what a packet costs, and one
 * buffer per loop is what makes a large one affordable: an idle connection holds none.
 *
 * <p>The buffer is handed out again while nobody but the loop holds it. Whoever wants to keep bytes beyond the read that
 * brought them copies them ({@link Outbound#compact} does it for what a slow peer has not taken); meanwhile, and on
 * transports where a read owns its buffer while it waits, reads get pooled buffers of their own.
 */
public final class ReceiveBuffer {

    /** Bytes of the shared buffer, the largest read. */
    public static final int SHARED = 1 << 20;
    /** Bytes of a read while the shared buffer is in use, and of all reads where sharing is not possible. */
    static final int POOLED = 64 << 10;
    /** Bytes of a read before the connection is trusted with more, and while too much waits for slow peers. */
    static final int SMALL = 4 << 10;
    /** How many bytes may wait for slow peers of one loop before reads become small. */
    static final long BACKLOG_LIMIT = 32L << 20;

    private final boolean sharing;
    private @Nullable ByteBuf shared;
    private long backlog;
    private boolean released;

    ReceiveBuffer(boolean sharing) {
        this.sharing = sharing;
    }

    /** The allocator of one new channel; it starts with small reads. */
    public RecvByteBufAllocator forChannel() {
        return new Reads(this);
    }

    /** From now on the channel reads as much as there is. For channels configured with {@link #forChannel}; others are left. */
    public static void readLarge(Channel channel) {
        if (channel.config().getRecvByteBufAllocator() instanceof Reads reads) {
            reads.large = true;
        }
    }

    /**
     * The same bytes for keeping: in a buffer of about their size, when they lie in a much larger one.
     *
     * @param bytes taken
     */
    public static ByteBuf forKeeping(ByteBuf bytes, ByteBufAllocator allocator) {
        if (bytes.capacity() < SMALL || bytes.readableBytes() > bytes.capacity() / 2) {
            return bytes;
        }
        try {
            return allocator.directBuffer(bytes.readableBytes()).writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    /**
     * Reads a channel that has not been read for a while, unless its peer has ended meanwhile: epoll has let go of it then, and
     * being asked for more closes it, which may still be written. Only the channel's loop may call it.
     */
    public static void readAgain(Channel channel) {
        if (!(channel instanceof DuplexChannel duplex && duplex.isInputShutdown())) {
            channel.config().setAutoRead(true);
        }
    }

    /** Whether somebody still holds a part of the shared buffer. */
    boolean isPinned() {
        ByteBuf buffer = shared;
        return buffer != null && buffer.refCnt() > 1;
    }

    /** So many more (or, negative, fewer) bytes wait for slow peers. */
    void backlog(long change) {
        backlog += change;
    }

    private ByteBuf allocate(ByteBufAllocator allocator, boolean large) {
        if (!large || backlog > BACKLOG_LIMIT) {
            return allocator.directBuffer(SMALL, SMALL);
        }
        if (sharing && !released) {
            ByteBuf buffer = shared;
            if (buffer == null) {
                buffer = allocator.directBuffer(SHARED, SHARED);
                shared = buffer;
            }
            if (buffer.refCnt() == 1) {
                return buffer.clear().retain();
            }
        }
        return allocator.directBuffer(POOLED, POOLED);
    }

    /** The loop ends: what is still read gets buffers of its own. */
    void release() {
        released = true;
        ByteBuf buffer = shared;
        if (buffer != null) {
            shared = null;
            buffer.release();
        }
    }

    /** One channel's view: an allocator that is its own only handle. */
    private static final class Reads implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {

        private final ReceiveBuffer buffer;
        private boolean large;
        private int attempted;
        private int last;

        Reads(ReceiveBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        @SuppressWarnings("deprecation") // the interface's own return type
        public Handle newHandle() {
            return this;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return buffer.allocate(allocator, large);
        }

        @Override
        public int guess() {
            return large ? SHARED : SMALL;
        }

        @Override
        public void reset(io.netty.channel.ChannelConfig config) {
            last = 0;
        }

        @Override
        public void incMessagesRead(int messages) {}

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        /** One read per wake-up: the buffer is large enough, and the loop's other channels get their turn. */
        @Override
        public boolean continueReading() {
            return false;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return false;
        }

        @Override
        public void readComplete() {}
    }
}
