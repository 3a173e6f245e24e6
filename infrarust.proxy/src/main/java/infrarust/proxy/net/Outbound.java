package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * What goes out of one channel on behalf of another: writes, back pressure, and the memory of what a slow peer has not taken
 * yet. Runs per read. Only the channel's loop may use it.
 */
public final class Outbound {

    /** Below the low mark the other side is read again, above the high one it is not: what a slow peer holds is bounded. */
    static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(32 << 10, 64 << 10);

    private final Channel channel;
    private final ReceiveBuffer receiveBuffer;
    private long counted;
    private long queued;

    /**
     * @param channel where the bytes go
     * @param scope of the channel's loop
     */
    public Outbound(Channel channel, LoopScope scope) {
        this.channel = channel;
        this.receiveBuffer = scope.receiveBuffer();
    }

    /** The channel. */
    public Channel channel() {
        return channel;
    }

    /** Queues bytes and takes the buffer. */
    public void write(ByteBuf bytes) {
        queued += bytes.readableBytes();
        var _ = channel.write(bytes, channel.voidPromise());
    }

    /**
     * Hands everything queued to the system, and copies what it does not take when that pins the loop's receive buffer.
     *
     * @return whether the channel can take more; when not, the other side must not be read before it can
     */
    public boolean flush() {
        channel.flush();
        if (receiveBuffer.isPinned()) {
            compact();
        }
        return channel.isWritable();
    }

    /** How many bytes wait for the peer, give or take what Netty keeps with each of them. */
    public long waiting() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    /** How many bytes the system has taken so far, just as exact. */
    public long taken() {
        return queued - waiting();
    }

    /** To be called when the channel's writability changes and when it closes: what waited before may be gone. */
    public void settle() {
        if (counted != 0 && (channel.isWritable() || !channel.isOpen())) {
            receiveBuffer.backlog(-counted);
            counted = 0;
        }
    }

    /**
     * Replaces what is queued by one buffer of its size. Only ever called right after a flush, between writes of this class
     * whose completion nobody waits for: the entries taken out count as written.
     */
    private void compact() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        if (queue == null || queue.isEmpty()) {
            return;
        }
        long waiting = queue.totalPendingWriteBytes();
        ByteBuf copy = channel.alloc().directBuffer((int) Math.min(waiting, Integer.MAX_VALUE));
        try {
            queue.forEachFlushedMessage(message -> {
                if (message instanceof ByteBuf bytes) {
                    copy.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
                }
                return true;
            });
        } catch (Exception e) {
            ReferenceCountUtil.release(copy);
            throw new IllegalStateException("Cannot copy what " + channel + " has not taken", e);
        }
        // In this order the queue never runs empty in between, so nobody is told that the channel can take more.
        queue.addMessage(copy, copy.readableBytes(), channel.voidPromise());
        while (queue.remove()) {
            // Each call takes one flushed entry out; the copy is not flushed yet and stays.
        }
        queue.addFlush();
        receiveBuffer.backlog(copy.readableBytes() - counted);
        counted = copy.readableBytes();
    }

    /** Says that no more bytes follow, once everything queued has left. */
    public void finish() {
        var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (channel instanceof DuplexChannel duplex && !duplex.isOutputShutdown()) {
                var _ = duplex.shutdownOutput();
                // When the peer ends too, nothing is left to keep half open, and the channel closes without trying to.
                channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
            }
        });
    }

    /** Closes the channel once everything queued has left. A peer that never takes it is the caller's deadline to set. */
    public void close() {
        var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> Transport.close(channel));
    }
}
