package infrarust.proxy.session;

import infrarust.proxy.config.PacketLimits;
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

    private final PacketLimits limits;
    private final LongSupplier nanoTime;
    private final long mostPackets;
    private final long mostBytes;
    private long packetsSince;
    private long packets;
    private long bytesSince;
    private long bytes;
    private boolean playing;
    private long packetsBeforePlay;
    private long bytesBeforePlay;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    Allowance(PacketLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.mostPackets = limits.packets();
        this.mostBytes = limits.bytes();
        this.packetsSince = nanoTime.getAsLong();
        this.bytesSince = packetsSince;
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

    private boolean isWithinInterval(long since, long now) {
        return now - since < limits.interval().toNanos();
    }
}
