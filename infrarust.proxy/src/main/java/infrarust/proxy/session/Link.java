package infrarust.proxy.session;

import infrarust.proxy.net.LoopScope;
import infrarust.proxy.net.Outbound;
import infrarust.proxy.net.ReceiveBuffer;
import infrarust.proxy.net.Vigil;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.FrameWalk;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a session: the connection to the client or to a backend. What it reads is walked over; what nobody wants goes
 * to the peer link as it came. Runs per read; belongs to the loop of both channels.
 */
// Longer than the house rule: when one side may be read and written, and when it has to wait, is one question.
final class Link extends ChannelInboundHandlerAdapter implements FrameWalk.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    /**
     * How long a server's frame may be that passes only when it is whole, so that a client whose server is gone in the middle of
     * one can be told, or go to another server. Longer ones, which hardly any packet of the game is, pass as they come.
     */
    static final int LONGEST_WHOLE = 256 << 10;

    private final LoopScope scope;
    private final Compression compression;
    private final FrameWalk walk;
    private final LinkBounds bounds = new LinkBounds();
    private Receiver receiver;
    private @Nullable Channel channel;
    private @Nullable Outbound out;
    private @Nullable Link peer;
    private int threshold = Compression.OFF;
    private boolean dirty;
    private final LinkFilters filters = new LinkFilters(this);
    private boolean paused;
    /** Whether a packet waits for a decision, and what is behind it for that packet. */
    private boolean held;

    private boolean endWaits;
    private @Nullable Runnable inGap;
    /** Whether the end is told only behind everything that was sent before it, even when that has to wait. */
    private boolean endsInOrder;

    Link(LoopScope scope, Compression compression, Receiver receiver) {
        this.scope = scope;
        this.compression = compression;
        this.receiver = receiver;
        this.walk = new FrameWalk(this, compression);
    }

    /** A link to a server: what a server says last, as the reason for the end, is heard also when nobody reads at the moment. */
    static Link toServer(LoopScope scope, Compression compression, Receiver receiver) {
        var link = new Link(scope, compression, receiver);
        link.endsInOrder = true;
        link.walk.passesWhole(LONGEST_WHOLE);
        return link;
    }

    /**
     * Bounds what the other side may send: for clients, who are not trusted.
     *
     * @param tooMuch runs when it has sent more; nothing that it sends is looked at any more
     */
    void allow(Allowance some, Runnable tooMuch) {
        bounds.allow(some, tooMuch);
        walk.grantAnew();
    }

    /**
     * Watches from here on whether the other side sends something now and then and takes what it is sent, instead of how it was
     * watched before.
     */
    void watch(Vigil.Patience patience, Consumer<Vigil.Fault> found) {
        if (isOpen()) {
            bounds.watch(patience, scope.deadlines(), found);
        }
    }

    void unwatch() {
        bounds.unwatch();
    }

    /** Sets who hears of wanted frames. */
    void receiver(Receiver next) {
        receiver = next;
    }

    /** Sets where unwanted frames go, for both. */
    void join(Link other) {
        peer = other;
        other.peer = this;
        read();
        other.read();
    }

    /** Nothing goes from one side to the other any more. */
    void sever() {
        Link other = peer;
        if (other != null) {
            peer = null;
            other.peer = null;
            // It may have waited for the other one, which it need not any more.
            read();
        }
    }

    FrameWalk walk() {
        return walk;
    }

    /** What the receiver wants to see from the next frame on; filters may want more. It is everything at first. */
    void interest(Interest wanted) {
        filters.receiverWants(wanted);
    }

    /** What filters do to what this link has read. */
    LinkFilters filters() {
        return filters;
    }

    Receiver receiver() {
        return receiver;
    }

    @Nullable
    Link peer() {
        return peer;
    }

    /** The channel, once the link is in its pipeline. */
    Channel channel() {
        Channel own = channel;
        if (own == null) {
            throw new IllegalStateException("The link has no channel yet");
        }
        return own;
    }

    boolean isOpen() {
        Channel own = channel;
        return own != null && own.isActive();
    }

    /** From which length on packets are deflated on this connection, in both directions; negative: the plain form. */
    int threshold() {
        return threshold;
    }

    /** Frames to and from this side have another form from here on. */
    void threshold(int next) {
        threshold = next < 0 ? Compression.OFF : next;
        walk.compressed(threshold >= 0);
    }

    /** Queues a packet (id and body), which is taken. Only between two frames; see {@link #isInsideFrame}. */
    void send(ByteBuf packet) {
        writeFrame(pack(packet));
    }

    <T> void send(PacketLayout<T> layout, PacketIds ids, T packet) {
        send(layout.encode(channel().alloc(), ids, packet));
    }

    /** The frame of a packet in this connection's form; the packet is taken. */
    ByteBuf pack(ByteBuf packet) {
        return compression.pack(packet, threshold);
    }

    /**
     * The frame of a packet in the form of what this link reads, so that it can be dealt with as if it had come; the packet is taken. It is
     * deflated only where the peer wants the same.
     */
    ByteBuf repack(ByteBuf packet) {
        boolean same = peer != null && peer.threshold == threshold;
        return compression.pack(packet, threshold < 0 || same ? threshold : Integer.MAX_VALUE);
    }

    /** The packet id of a frame that this link has read; negative when there is none to be read. */
    int peekId(ByteBuf frame) {
        return compression.peekId(frame, walk.isCompressed());
    }

    /** Id and body of a frame that this link has read; the caller releases it. */
    ByteBuf unpack(ByteBuf frame) {
        return unpack(frame, Frames.MAX_UNCOMPRESSED);
    }

    /** As {@link #unpack(ByteBuf)}, of a packet that may have no more bytes than {@code most}. */
    ByteBuf unpack(ByteBuf frame, int most) {
        ByteBuf opened = filters.opened(frame, most);
        if (opened != null) {
            return opened;
        }
        if (walk.isCompressed()) {
            bounds.opens(frame, threshold, most);
        }
        return compression.unpack(frame, walk.isCompressed(), most);
    }

    /** Queues a whole frame with its length, or a part of one, which is taken. */
    void writeFrame(ByteBuf bytes) {
        Outbound outbound = out;
        if (outbound == null) {
            bytes.release();
        } else {
            outbound.write(bytes);
            dirty = true;
        }
    }

    /** Whether a frame of the peer has begun to go out here and has not ended. */
    boolean isInsideFrame() {
        Link other = peer;
        return other != null && other.walk.isInsideFrame();
    }

    /** Runs the action as soon as packets may be sent to this side: now, or when the frame under way has passed. */
    void betweenFrames(Runnable action) {
        Link other = peer;
        if (other == null || !other.walk.isInsideFrame()) {
            action.run();
        } else {
            other.inNextGap(action);
        }
    }

    /** Runs the action as soon as this side's walk is between two frames, behind the one that is being dealt with now. */
    void inNextGap(Runnable action) {
        Runnable earlier = inGap;
        inGap = earlier == null
                ? action
                : () -> {
                    earlier.run();
                    action.run();
                };
        walk.requestGap();
    }

    /** Closes the connection once everything queued has left, or after that time. */
    void closeWithin(Duration longest) {
        Outbound outbound = out;
        if (isOpen() && outbound != null) {
            scope.deadlines().close(longest, channel());
            outbound.close();
        }
    }

    /** Writes what has been queued; stops reading the peer when this side cannot take it. */
    void flush() {
        Outbound outbound = out;
        if (dirty && outbound != null) {
            dirty = false;
            if (!outbound.flush() && peer != null && peer.channel != null) {
                peer.channel().config().setAutoRead(false);
            }
        }
    }

    /** Stops reading; what has been read and not yet been walked over is kept. */
    void pause() {
        paused = true;
        stop();
    }

    /** As {@link #pause}, for one packet whose turn it is; ends with {@link #letGo}, whatever is paused and resumed meanwhile. */
    void hold() {
        held = true;
        stop();
    }

    private void stop() {
        walk.pause();
        if (channel != null) {
            channel.config().setAutoRead(false);
        }
    }

    /** Goes on with what has been kept, and reads again when the peer can take it. */
    void resume() {
        if (paused) {
            paused = false;
            goOn();
        }
    }

    /** The packet that was {@linkplain #hold held} has gone on, or gone. */
    void letGo() {
        if (held) {
            held = false;
            // What was to come behind the packet.
            gap();
            goOn();
        }
    }

    private void goOn() {
        if (isStopped()) {
            return;
        }
        walkOver(null);
        flushBoth();
        read();
        if (endWaits && !isStopped()) {
            endWaits = false;
            receiver.ended(this);
            if (!isOpen()) {
                drop();
            }
        }
    }

    private boolean isStopped() {
        return paused || held;
    }

    /** Gives back what was read and waits, which nobody wants any more. */
    void forget() {
        if (isStopped()) {
            drop();
        }
    }

    private void drop() {
        walk.release();
        filters.close();
    }

    private void end() {
        if (endsInOrder && isStopped()) {
            endWaits = true;
        } else {
            receiver.ended(this);
        }
    }

    private void read() {
        Link other = peer;
        if (!isStopped() && isOpen() && (other == null || other.channel == null || other.channel.isWritable())) {
            ReceiveBuffer.readAgain(channel());
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        out = new Outbound(ctx.channel(), scope);
        bounds.of(ctx.channel(), out);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        bounds.unwatch();
        if (!endsInOrder || !isStopped()) {
            drop();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var in = (ByteBuf) message;
        try {
            walkOver(in);
        } finally {
            in.release();
        }
        flushBoth();
    }

    /** @param in what has been read; null to go on with what has been kept */
    private void walkOver(@Nullable ByteBuf in) {
        try {
            if (in == null) {
                walk.resume();
            } else {
                bounds.read(in.readableBytes());
                walk.walk(in);
            }
        } catch (MalformedPacketException e) {
            receiver.malformed(this, e);
        } catch (FloodException e) {
            flooded();
        }
    }

    /** The other side has sent too much: nothing of it matters any more. */
    void flooded() {
        pause();
        walk.release();
        bounds.exceeded();
    }

    @Override
    public int grant() {
        return bounds.grant();
    }

    @Override
    public void keeps(int change) {
        bounds.keeps(change);
    }

    private void flushBoth() {
        if (peer != null) {
            peer.flush();
        }
        flush();
    }

    @Override
    public void run(ByteBuf in, int index, int length) {
        if (peer != null) {
            peer.writeFrame(in.retainedSlice(index, length));
        }
    }

    @Override
    public boolean frame(int id, ByteBuf frame) {
        return filters.frame(id, frame);
    }

    @Override
    public void gap() {
        Runnable action = inGap;
        inGap = null;
        if (action != null) {
            action.run();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (out != null) {
            out.settle();
        }
        if (ctx.channel().isWritable()) {
            if (peer != null && peer.channel != null) {
                peer.read();
            }
            receiver.writable(this);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        bounds.unwatch();
        if (out != null) {
            out.settle();
        }
        end();
        ctx.fireChannelInactive();
    }

    /** A connection that broke is how many end, and nothing to write a line about; anything else is a fault of ours. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // The second is how epoll answers when a connection is asked for more that it has let go of.
        if (!(cause instanceof IOException || cause instanceof UncheckedIOException)) {
            LOG.error("The session on {} ends because of a fault", ctx.channel(), cause);
        }
        var _ = ctx.close();
    }
}
