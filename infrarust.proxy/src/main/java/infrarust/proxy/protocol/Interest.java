package infrarust.proxy.protocol;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which frames of one state and direction somebody wants to see. Everything else passes as bytes, and a frame that is longer
 * than any wanted packet is not even looked into. Immutable; any thread; asked per frame, without allocation.
 */
public final class Interest {

    /** Nobody wants anything. */
    public static final Interest NONE = new Interest(new long[0], 0, false);
    /** Every frame is wanted, whatever its id. */
    public static final Interest ALL = new Interest(new long[0], Frames.MAX_LENGTH, true);

    /**
     * Longest frame of a packet without a body, in any form: an id of two bytes behind the length before compression, deflated
     * for nothing.
     */
    private static final int EMPTY_PACKET_FRAME = 32;

    private final long[] ids;
    private final int maxLength;
    private final boolean all;

    private Interest(long[] ids, int maxLength, boolean all) {
        this.ids = ids;
        this.maxLength = maxLength;
        this.all = all;
    }

    /** Packets that consist of their id only, of those the version has. All must be of one state and direction. */
    public static Interest inEmpty(PacketIds ids, PacketType... types) {
        return in(ids, EMPTY_PACKET_FRAME, types);
    }

    /** Packets of any length, of those the version has. All must be of one state and direction. */
    public static Interest in(PacketIds ids, PacketType... types) {
        return in(ids, Frames.MAX_LENGTH, types);
    }

    /** Packets whose frame has at most that many bytes, of those the version has. All must be of one state and direction. */
    public static Interest upTo(int maxLength, PacketIds ids, PacketType... types) {
        return in(ids, maxLength, types);
    }

    private static Interest in(PacketIds ids, int maxLength, PacketType... types) {
        long[] bits = new long[0];
        for (PacketType type : types) {
            if (ids.has(type)) {
                int id = ids.id(type);
                if (id >= bits.length * Long.SIZE) {
                    bits = Arrays.copyOf(bits, id / Long.SIZE + 1);
                }
                bits[id / Long.SIZE] |= 1L << id;
            }
        }
        return bits.length == 0 ? NONE : new Interest(bits, maxLength, false);
    }

    /** Packets of any length with these ids, which are not negative. */
    public static Interest ofIds(BitSet ids) {
        return ids.isEmpty() ? NONE : new Interest(ids.toLongArray(), Frames.MAX_LENGTH, false);
    }

    /** What this or the other one wants, and perhaps a packet that is longer than this one wants it. */
    public Interest or(Interest other) {
        if (all || other.isNone()) {
            return this;
        }
        if (other.all || isNone()) {
            return other;
        }
        long[] both = Arrays.copyOf(ids, Math.max(ids.length, other.ids.length));
        for (int i = 0; i < other.ids.length; i++) {
            both[i] |= other.ids[i];
        }
        return new Interest(both, Math.max(maxLength, other.maxLength), false);
    }

    /** Whether nothing is wanted. */
    public boolean isNone() {
        return !all && ids.length == 0;
    }

    /** Whether a frame of that length with a packet of that id is wanted; any numbers are allowed. */
    public boolean wants(int id, int frameLength) {
        return all || (frameLength <= maxLength && wants(id));
    }

    /** Whether every frame is wanted. */
    boolean all() {
        return all;
    }

    /** No longer frame is wanted. */
    int maxLength() {
        return maxLength;
    }

    /** Whether packets of that id are wanted; any number is allowed. */
    public boolean wants(int id) {
        int word = id >> 6;
        return word >= 0 && word < ids.length && (ids[word] & (1L << id)) != 0;
    }
}
