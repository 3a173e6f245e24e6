package infrarust.proxy.session;

import infrarust.proxy.config.PacketLimits;
import infrarust.proxy.net.LoopScope;
import java.util.function.LongSupplier;

/**
 * What a client may still send: until it plays so many bytes and packets in all, and at any time so many within an interval. The
 * clock is asked only when an interval's worth has been used up: within the interval, that was too much, else another one
 * begins. Asked per read for bytes, per some hundred frames for packets; one per client, for its loop.
 */
final class Allowance {

    /**
     * What a client may send from its login to the game, or from one game to the next when a server configures it again. Clients
     * with hundreds of mods send some hundred packets and some hundred kilobytes, the lists of their mods above all.
     */
    static final long BEFORE_PLAY_PACKETS = 8_192;
    /** The same of bytes: room for several answers of the largest size. */
    static final long BEFORE_PLAY_BYTES = 16 << 20;

    /** How many frames pass between two looks. */
    static final int LOOK = 256;

    /** How much of the clients of one loop may be kept for frames that are not whole, before those who make it more are ended. */
    static final long MOST_KEPT = 64L << 20;
    /** What every client may have kept in any case. */
    static final int KEPT_FREELY = 64 << 10;

    /**
     * So many times as long as it came a packet may become by inflating. What players send does not come near on average; a single
     * packet of nothing but zeros does.
     */
    static final int RATIO = 32;
    /** How many bytes beyond that ratio a client's packets may become in one interval. */
    static final long BEYOND_RATIO = 4L << 20;

    private final PacketLimits limits;
    private final LoopScope scope;
    private final LongSupplier nanoTime;
    private final long mostPackets;
    private final long mostBytes;
    private long packetsSince;
    private long packets;
    private long bytesSince;
    private long bytes;
    private long beyondRatioSince;
    private long beyondRatio;
    private boolean playing;
    private long packetsBeforePlay;
    private long bytesBeforePlay;
    private int kept;

    /**
     * @param scope of the client's loop, which counts what is kept of all its clients
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    Allowance(PacketLimits limits, LoopScope scope, LongSupplier nanoTime) {
        this.limits = limits;
        this.scope = scope;
        this.nanoTime = nanoTime;
        this.mostPackets = limits.packets();
        this.mostBytes = limits.bytes();
        this.packetsSince = nanoTime.getAsLong();
        this.bytesSince = packetsSince;
        this.beyondRatioSince = packetsSince;
    }

    /** Whether the client plays from here on; when not, what it may send until it does is counted anew. */
    void playing(boolean plays) {
        playing = plays;
        packetsBeforePlay = 0;
        bytesBeforePlay = 0;
    }

    /**
     * The client wants to send more frames.
     *
     * @return how many, the one at hand included, before this is to be asked again
     * @throws FloodException when it may not
     */
    int packets() {
        int more = (int) Math.min(LOOK, Math.max(1, mostPackets));
        if (!playing) {
            packetsBeforePlay += more;
            if (packetsBeforePlay > BEFORE_PLAY_PACKETS) {
                throw new FloodException("More than " + BEFORE_PLAY_PACKETS + " packets before the game");
            }
        }
        packets += more;
        if (packets > mostPackets) {
            long now = nanoTime.getAsLong();
            if (isWithinInterval(packetsSince, now)) {
                throw new FloodException("More than " + mostPackets + " packets in " + limits.interval());
            }
            packetsSince = now;
            packets = more;
        }
        return more;
    }

    /**
     * A packet is about to be inflated.
     *
     * @param deflated how many bytes came
     * @param declared how many they are said to become
     * @throws FloodException when the client has let too much inflate: the work would be ours, and its part next to nothing
     */
    void inflates(int deflated, int declared) {
        bytes(declared);
        long beyond = declared - (long) deflated * RATIO;
        if (beyond > 0) {
            beyondRatio += beyond;
            if (beyondRatio > BEYOND_RATIO) {
                long now = nanoTime.getAsLong();
                if (isWithinInterval(beyondRatioSince, now)) {
                    throw new FloodException("Packets become far more bytes than came");
                }
                beyondRatioSince = now;
                beyondRatio = beyond;
            }
        }
    }

    /**
     * The client has sent so many bytes, or some that are about to become so many more.
     *
     * @throws FloodException when those are too many
     */
    void bytes(int more) {
        if (!playing) {
            bytesBeforePlay += more;
            if (bytesBeforePlay > BEFORE_PLAY_BYTES) {
                throw new FloodException("More than " + BEFORE_PLAY_BYTES + " bytes before the game");
            }
        }
        bytes += more;
        if (bytes > mostBytes) {
            long now = nanoTime.getAsLong();
            if (isWithinInterval(bytesSince, now)) {
                throw new FloodException("More than " + mostBytes + " bytes in " + limits.interval());
            }
            bytesSince = now;
            bytes = more;
        }
    }

    /**
     * So many more (or fewer) of the client's bytes are kept until their frame is whole.
     *
     * @throws FloodException when those are more than there is room for
     */
    void keeps(int change) {
        kept += change;
        long ofAll = scope.kept(change);
        if (change > 0 && kept > KEPT_FREELY && ofAll > MOST_KEPT) {
            throw new FloodException("Too much is kept of frames that do not become whole");
        }
    }

    private boolean isWithinInterval(long since, long now) {
        return now - since < limits.interval().toNanos();
    }
}
