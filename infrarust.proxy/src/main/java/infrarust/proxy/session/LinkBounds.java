package infrarust.proxy.session;

import infrarust.proxy.net.Deadlines;
import infrarust.proxy.net.Outbound;
import infrarust.proxy.net.Vigil;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the other side of a {@link Link} may cost: how much it may send, which only clients are told, and for how long it may be
 * silent or take nothing of what it is sent. Runs per read; belongs to the link's loop.
 */
final class LinkBounds implements Vigil.Peer {

    private @Nullable Channel channel;
    private @Nullable Outbound out;
    private @Nullable Allowance allowance;
    private Runnable tooMuch = () -> {};
    private long reads;
    private @Nullable Vigil vigil;

    /** The link has a channel, and a way out. */
    void of(Channel connection, Outbound outbound) {
        channel = connection;
        out = outbound;
    }

    /** See {@link Link#allow}. */
    void allow(Allowance some, Runnable whenTooMuch) {
        allowance = some;
        tooMuch = whenTooMuch;
    }

    /** The other side has sent more than it may. */
    void exceeded() {
        tooMuch.run();
    }

    /** See {@link Link#watch}. */
    void watch(Vigil.Patience patience, Deadlines deadlines, Consumer<Vigil.Fault> found) {
        unwatch();
        vigil = Vigil.over(this, patience, deadlines, found);
    }

    void unwatch() {
        if (vigil != null) {
            vigil.stop();
            vigil = null;
        }
    }

    @Override
    public long received() {
        return reads;
    }

    @Override
    public boolean isHeard() {
        return channel != null && channel.config().isAutoRead();
    }

    @Override
    public long waiting() {
        return out == null ? 0 : out.waiting();
    }

    @Override
    public long taken() {
        return out == null ? 0 : out.taken();
    }

    /**
     * So many bytes have been read.
     *
     * @throws FloodException when they are more than the other side may send
     */
    void read(int bytes) {
        reads++;
        if (allowance != null) {
            allowance.bytes(bytes);
        }
    }

    /** As {@link infrarust.proxy.protocol.FrameWalk.Sink#grant}. */
    int grant() {
        return allowance == null ? Integer.MAX_VALUE : allowance.packets();
    }

    /** As {@link infrarust.proxy.protocol.FrameWalk.Sink#keeps}. */
    void keeps(int change) {
        if (allowance != null) {
            allowance.keeps(change);
        }
    }

    /**
     * A frame of the compressed form is about to be opened.
     *
     * @param threshold from which length on packets are deflated
     * @param most how many bytes may come of it
     */
    void opens(ByteBuf frame, int threshold, int most) {
        Allowance bounds = allowance;
        if (bounds != null) {
            int declared = Compression.declaredLength(frame);
            if (declared > 0 && declared < threshold) {
                throw new MalformedPacketException(
                        "Packet of " + declared + " bytes deflated where that begins at " + threshold);
            }
            bounds.inflates(frame.readableBytes(), Math.min(declared, most));
        }
    }
}
