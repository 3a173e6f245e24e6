package infrarust.proxy.gate;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often each address may do something: a token bucket per address, of IPv6 per /64, which is what one customer gets
 * (RFC 6177 §2). Any thread.
 *
 * <p>A bucket is one number, the time at which it will be full again: taking a token moves it on by the time one token takes
 * to come back, and a token is there while that time is no more than a window away. The buckets are in a table of fixed size, of rows
 * of {@value #WAYS}: an address has its row. A bucket that is full says no more than one that is not there, so its place is
 * free; when a row has no place left, the bucket that would be full first goes. A flood from any number of addresses
 * therefore takes no more memory, forgets those last who come most, and never makes an address wait for what another did.
 */
public final class AddressRate {

    /** How many addresses are remembered at a time; the table takes 17 bytes for each. */
    public static final int CAPACITY = 1 << 16;

    static final int WAYS = 8;
    private static final int STRIPES = 16;

    private final LongSupplier nanoTime;
    private final long seed;
    private final long interval;
    private final long tolerance;
    private final Stripe[] stripes = new Stripe[STRIPES];

    /** What is to be done with who asked. */
    public enum Ruling {
        /** Goes on. */
        ALLOWED,
        /** Goes away, and may be told why: the first time since it was last allowed. */
        REFUSED,
        /** Goes away, and has been told. */
        REFUSED_AGAIN
    }

    /**
     * @param most how often in a window
     * @param window as long as it takes an empty bucket to become full
     * @param capacity how many addresses are remembered, a power of two from 128 on
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param seed a secret, so that nobody can choose addresses that all share a row
     */
    public AddressRate(int most, Duration window, int capacity, LongSupplier nanoTime, long seed) {
        if (Integer.bitCount(capacity) != 1 || capacity < STRIPES * WAYS) {
            throw new IllegalArgumentException("A capacity of " + capacity + " is no power of two from 128 on");
        }
        this.nanoTime = nanoTime;
        this.seed = seed;
        this.interval = Math.max(1, window.toNanos() / most);
        this.tolerance = window.toNanos() - interval;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(capacity / STRIPES);
        }
    }

    /** Takes a token of the address, if there is one. */
    public Ruling take(InetAddress address) {
        long key = key(address.getAddress());
        long hash = mix(key ^ seed);
        return stripes[(int) (hash >>> 60)].take(key, (int) hash, nanoTime.getAsLong());
    }

    /** An IPv4 address as no source of IPv6 looks (ff00::/8 is multicast); 0, which is {@code ::/64}, means a free place. */
    private static long key(byte[] bytes) {
        long key = 0;
        int count = Math.min(bytes.length, Long.BYTES);
        for (int i = 0; i < count; i++) {
            key = (key << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        if (bytes.length < Long.BYTES) {
            return key | 0xFF00_0000_0000_0000L;
        }
        return key == 0 ? 0xFFFF_0000_0000_0000L : key;
    }

    /** The finalizer of SplittableRandom: every bit of the key changes every bit of the hash. */
    private static long mix(long key) {
        long hash = (key ^ (key >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    /** Rows that share a lock. */
    private final class Stripe {

        private final long[] keys;
        private final long[] fullAt;
        private final boolean[] told;

        Stripe(int capacity) {
            keys = new long[capacity];
            fullAt = new long[capacity];
            told = new boolean[capacity];
        }

        synchronized Ruling take(long key, int hash, long now) {
            int row = (hash & (keys.length / WAYS - 1)) * WAYS;
            int place = row;
            for (int way = row; way < row + WAYS; way++) {
                if (keys[way] == key) {
                    return take(way, now);
                }
                if (left(way, now) < left(place, now)) {
                    place = way;
                }
            }
            keys[place] = key;
            fullAt[place] = now;
            told[place] = false;
            return take(place, now);
        }

        private Ruling take(int way, long now) {
            long left = left(way, now);
            if (left <= tolerance) {
                fullAt[way] = now + left + interval;
                told[way] = false;
                return Ruling.ALLOWED;
            }
            if (told[way]) {
                return Ruling.REFUSED_AGAIN;
            }
            told[way] = true;
            return Ruling.REFUSED;
        }

        /** How long until the bucket is full; 0 for one that is full or not there. */
        private long left(int way, long now) {
            return keys[way] == 0 ? 0 : Math.max(0, fullAt[way] - now);
        }
    }
}
