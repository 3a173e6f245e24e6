package infrarust.proxy.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list of address blocks that is asked once per connection, and may have been made of a list of a hundred thousand: the
 * question is a binary search. Immutable.
 */
public final class AddressSet {

    private static final AddressSet EMPTY = of(List.of());
    private static final int IPV4_BYTES = 4;
    private static final int SHOWN = 8;

    private final List<Cidr> listed;
    private final Blocks ipv4;
    private final Blocks ipv6;

    private AddressSet(List<Cidr> listed) {
        this.listed = List.copyOf(listed);
        this.ipv4 = Blocks.of(listed, true);
        this.ipv6 = Blocks.of(listed, false);
    }

    /** The addresses of all these blocks. */
    public static AddressSet of(List<Cidr> blocks) {
        return new AddressSet(blocks);
    }

    /** No address. */
    public static AddressSet empty() {
        return EMPTY;
    }

    /** Whether it was made of no block. */
    public boolean isEmpty() {
        return listed.isEmpty();
    }

    /** How many blocks were listed. */
    public int size() {
        return listed.size();
    }

    /** Whether one of the blocks has the address. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return isIpv4(bytes) ? ipv4.contains(high(bytes), 0) : ipv6.contains(high(bytes), low(bytes));
    }

    private static boolean isIpv4(byte[] bytes) {
        return bytes.length == IPV4_BYTES;
    }

    private static long high(byte[] bytes) {
        return isIpv4(bytes) ? bits(bytes, 0, IPV4_BYTES) << Integer.SIZE : bits(bytes, 0, Long.BYTES);
    }

    private static long low(byte[] bytes) {
        return isIpv4(bytes) ? 0 : bits(bytes, Long.BYTES, Long.BYTES);
    }

    private static long bits(byte[] bytes, int from, int count) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits = (bits << Byte.SIZE) | (bytes[from + i] & 0xFF);
        }
        return bits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressSet set && listed.equals(set.listed);
    }

    @Override
    public int hashCode() {
        return listed.hashCode();
    }

    /** The blocks as they were listed, of a long list the first and how many there are. */
    @Override
    public String toString() {
        String first = listed.stream().limit(SHOWN).map(Cidr::toString).collect(Collectors.joining(", "));
        return "[" + first + (size() > SHOWN ? ", ... " + size() + " in all" : "") + "]";
    }

    /**
     * The blocks of one family, by their first address. Two blocks are apart or one is in the other; without those that are
     * in others, only the last block that begins at or before an address can have it.
     */
    private static final class Blocks {

        private static final Comparator<Block> BY_FIRST_ADDRESS = (one, other) -> {
            int order = Long.compareUnsigned(one.high, other.high);
            if (order == 0) {
                order = Long.compareUnsigned(one.low, other.low);
            }
            return order == 0 ? Integer.compare(one.prefix, other.prefix) : order;
        };

        private final long[] high;
        private final long[] low;
        private final int[] prefix;

        private Blocks(List<Block> blocks) {
            high = blocks.stream().mapToLong(Block::high).toArray();
            low = blocks.stream().mapToLong(Block::low).toArray();
            prefix = blocks.stream().mapToInt(Block::prefix).toArray();
        }

        /**
         * @param high the first 64 bits; an IPv4 address is in the upper half of them
         * @param low the last 64 bits
         * @param prefix how many bits count
         */
        private record Block(long high, long low, int prefix) {
            boolean contains(Block other) {
                return Blocks.has(high, low, prefix, other.high, other.low);
            }
        }

        static Blocks of(List<Cidr> listed, boolean ipv4) {
            List<Block> sorted = listed.stream()
                    .filter(block -> isIpv4(block.network().getAddress()) == ipv4)
                    .map(block -> new Block(
                            AddressSet.high(block.network().getAddress()),
                            AddressSet.low(block.network().getAddress()),
                            block.prefix()))
                    .sorted(BY_FIRST_ADDRESS)
                    .toList();
            List<Block> outermost = new ArrayList<>();
            for (Block block : sorted) {
                if (outermost.isEmpty() || !outermost.getLast().contains(block)) {
                    outermost.add(block);
                }
            }
            return new Blocks(outermost);
        }

        boolean contains(long addressHigh, long addressLow) {
            int from = 0;
            int to = high.length;
            while (from < to) {
                int middle = (from + to) >>> 1;
                int order = Long.compareUnsigned(high[middle], addressHigh);
                if (order < 0 || (order == 0 && Long.compareUnsigned(low[middle], addressLow) <= 0)) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            int last = from - 1;
            return last >= 0 && has(high[last], low[last], prefix[last], addressHigh, addressLow);
        }

        private static boolean has(long high, long low, int prefix, long addressHigh, long addressLow) {
            return ((high ^ addressHigh) & mask(prefix)) == 0 && ((low ^ addressLow) & mask(prefix - Long.SIZE)) == 0;
        }

        /** As many ones in front; none for a number below 1, only ones from 64 on. */
        private static long mask(int ones) {
            if (ones <= 0) {
                return 0;
            }
            return ones >= Long.SIZE ? -1 : -1L << (Long.SIZE - ones);
        }
    }
}
