package infrarust.proxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * The packet id at the start of a deflated packet, without inflating it. A zlib stream begins with the code that its first
 * block is written in; of that code only the lengths are read, and of the block the symbols that are the id: one or two, unless
 * it is written longer than it is. So it
 * takes a fraction of the time that setting up an inflater does, and a frame that nobody wants costs little more than in the
 * plain form. What is out of the ordinary is left to zlib.
 *
 * <p>The format is RFC 1950 (2.2) and RFC 1951 (3.2). Runs per frame; one object per event loop, for its thread.
 */
final class DeflatedId {

    /** {@link #read}: it takes an inflater to tell. */
    static final int ASK_ZLIB = -3;

    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;

    private static final int END_OF_BLOCK = 256;
    private static final int LITERALS_AND_LENGTHS = 288;
    private static final int DISTANCES = 32;
    private static final int LONGEST_CODE = 15;

    /** The code that code lengths are written in has codes of up to 7 bits. */
    private static final int LENGTH_CODE_BITS = 7;

    /** In which order the lengths of that code come (RFC 1951, 3.2.7). */
    private static final byte[] LENGTH_CODE_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final byte[] FIXED_LENGTHS = new byte[LITERALS_AND_LENGTHS];

    static {
        Arrays.fill(FIXED_LENGTHS, 0, 144, (byte) 8);
        Arrays.fill(FIXED_LENGTHS, 144, 256, (byte) 9);
        Arrays.fill(FIXED_LENGTHS, 256, 280, (byte) 7);
        Arrays.fill(FIXED_LENGTHS, 280, LITERALS_AND_LENGTHS, (byte) 8);
    }

    /** The lengths of the codes of literals and lengths, and behind them those of distances. */
    private final byte[] dynamicLengths = new byte[LITERALS_AND_LENGTHS + DISTANCES];
    /** How many literals and lengths have a code of each length. */
    private final int[] ofLength = new int[LONGEST_CODE + 1];

    private final byte[] lengthCodeLengths = new byte[LENGTH_CODE_ORDER.length];
    /** For each 7 bits that may come: the symbol that they begin with, and in the lowest 3 bits how many of them it takes. */
    private final byte[] lengthCode = new byte[1 << LENGTH_CODE_BITS];

    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private int next;
    private int limit;
    /** The bits that have been taken from the input, the first one lowest. */
    private long bits;

    private int available;

    /**
     * The id of the packet that a zlib stream begins with.
     *
     * @param from the buffer
     * @param index of the first byte of the zlib stream
     * @param end index behind the last byte of it that is there
     * @return the id, {@link Compression#CUT} when the stream goes on behind {@code end} and its bytes are needed, or
     *     {@link #ASK_ZLIB}
     */
    int read(ByteBuf from, int index, int end) {
        if (end - index < 2) {
            return Compression.CUT;
        }
        int header = from.getUnsignedShort(index);
        boolean isDeflateWithoutDictionary = (header & 0x0F20) == 0x0800;
        if (!isDeflateWithoutDictionary || header % 31 != 0) {
            return ASK_ZLIB;
        }
        in = from;
        next = index + 2;
        limit = end;
        bits = 0;
        available = 0;
        if (!has(3)) {
            return Compression.CUT;
        }
        int kind = take(3) >>> 1;
        return switch (kind) {
            case STORED -> stored();
            case FIXED -> {
                Arrays.fill(ofLength, 0);
                ofLength[7] = 24;
                ofLength[8] = 152;
                ofLength[9] = 112;
                yield id(FIXED_LENGTHS);
            }
            case DYNAMIC -> dynamic();
            default -> ASK_ZLIB;
        };
    }

    private int stored() {
        // The rest of the byte is padding; what had been taken ahead of it comes again.
        int at = next - available / Byte.SIZE;
        if (limit - at < 4) {
            return Compression.CUT;
        }
        int length = in.getUnsignedShortLE(at);
        if (length < Compression.MAX_ID_BYTES || (length ^ in.getUnsignedShortLE(at + 2)) != 0xFFFF) {
            return ASK_ZLIB;
        }
        int id = 0;
        for (int i = 0; i < Compression.MAX_ID_BYTES; i++) {
            if (at + 4 + i >= limit) {
                return Compression.CUT;
            }
            int b = in.getByte(at + 4 + i);
            id |= (b & 0x7F) << (i * 7);
            if (b >= 0) {
                return known(id);
            }
        }
        return ASK_ZLIB;
    }

    private static int known(int id) {
        return id < 0 ? ASK_ZLIB : id;
    }

    private int dynamic() {
        if (!has(14)) {
            return Compression.CUT;
        }
        int symbols = take(5) + 257;
        int distances = take(5) + 1;
        int lengthCodes = take(4) + 4;
        if (symbols > LITERALS_AND_LENGTHS - 2) {
            return ASK_ZLIB;
        }
        Arrays.fill(lengthCodeLengths, (byte) 0);
        for (int i = 0; i < lengthCodes; i++) {
            if (!has(3)) {
                return Compression.CUT;
            }
            lengthCodeLengths[LENGTH_CODE_ORDER[i]] = (byte) take(3);
        }
        if (!makeLengthCode()) {
            return ASK_ZLIB;
        }
        int failure = lengths(symbols, symbols + distances);
        return failure == 0 ? id(dynamicLengths) : failure;
    }

    /** Answers false unless every sequence of bits means something, which zlib insists on. */
    private boolean makeLengthCode() {
        // The first code of each length, and behind the loop the first one that no symbol has; 8 bits each.
        long counts = 0;
        for (byte length : lengthCodeLengths) {
            counts += 1L << (length * Byte.SIZE);
        }
        long nextCodes = 0;
        int code = 0;
        for (int length = 1; length <= LENGTH_CODE_BITS; length++) {
            nextCodes |= (long) code << (length * Byte.SIZE);
            code = (code + ((int) (counts >>> (length * Byte.SIZE)) & 0xFF)) << 1;
            if (code > 2 << length) {
                return false;
            }
        }
        if (code != 2 << LENGTH_CODE_BITS) {
            return false;
        }
        for (int symbol = 0; symbol < lengthCodeLengths.length; symbol++) {
            int length = lengthCodeLengths[symbol];
            if (length > 0) {
                int own = (int) (nextCodes >>> (length * Byte.SIZE)) & 0xFF;
                nextCodes += 1L << (length * Byte.SIZE);
                byte entry = (byte) (symbol << 3 | length);
                for (int at = Integer.reverse(own) >>> (Integer.SIZE - length);
                        at < 1 << LENGTH_CODE_BITS;
                        at += 1 << length) {
                    lengthCode[at] = entry;
                }
            }
        }
        return true;
    }

    /** Reads the lengths of all codes, of which the first are those of literals and lengths; answers why not, or 0. */
    private int lengths(int symbols, int all) {
        Arrays.fill(ofLength, 0);
        int at = 0;
        while (at < all) {
            if (available < LENGTH_CODE_BITS + 7) {
                has(LENGTH_CODE_BITS + 7);
            }
            int entry = lengthCode[(int) bits & ((1 << LENGTH_CODE_BITS) - 1)] & 0xFF;
            int size = entry & 7;
            int symbol = entry >>> 3;
            int extra = symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
            if (size + extra > available) {
                return Compression.CUT;
            }
            take(size);
            if (extra == 0) {
                dynamicLengths[at] = (byte) symbol;
                if (at++ < symbols) {
                    ofLength[symbol]++;
                }
                continue;
            }
            int end = at + take(extra) + (symbol == 18 ? 11 : 3);
            if (end > all || (symbol == 16 && at == 0)) {
                return ASK_ZLIB;
            }
            byte length = symbol == 16 ? dynamicLengths[at - 1] : 0;
            // A run may go on from the lengths into the distances.
            ofLength[length] += Math.max(0, Math.min(end, symbols) - at);
            Arrays.fill(dynamicLengths, at, end, length);
            at = end;
        }
        return isComplete() && dynamicLengths[END_OF_BLOCK] > 0 ? 0 : ASK_ZLIB;
    }

    private boolean isComplete() {
        int used = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            used += ofLength[length] << (LONGEST_CODE - length);
        }
        return used == 1 << LONGEST_CODE;
    }

    /** The id that the block's first symbols are, in a code of those lengths. */
    private int id(byte[] lengths) {
        int id = 0;
        for (int i = 0; i < Compression.MAX_ID_BYTES; i++) {
            int symbol = symbol(lengths);
            if (symbol < 0) {
                return symbol;
            }
            if (symbol >= END_OF_BLOCK) {
                return ASK_ZLIB;
            }
            id |= (symbol & 0x7F) << (i * 7);
            if (symbol < 0x80) {
                return known(id);
            }
        }
        return ASK_ZLIB;
    }

    /** Codes of one length follow each other, and those of the next length follow them (RFC 1951, 3.2.2). */
    private int symbol(byte[] lengths) {
        has(LONGEST_CODE);
        int code = 0;
        int first = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            if (available == 0) {
                return Compression.CUT;
            }
            code = (code << 1) | take(1);
            first = (first + (length == 1 ? 0 : ofLength[length - 1])) << 1;
            int rank = code - first;
            if (rank < ofLength[length]) {
                return ranked(lengths, length, rank);
            }
        }
        return ASK_ZLIB;
    }

    private static int ranked(byte[] lengths, int length, int rank) {
        int before = rank;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] == length && before-- == 0) {
                return symbol;
            }
        }
        return ASK_ZLIB;
    }

    /** Makes that many bits available (at most 32) if the input has them. */
    private boolean has(int count) {
        if (available >= count) {
            return true;
        }
        if (limit - next >= Integer.BYTES) {
            bits |= in.getUnsignedIntLE(next) << available;
            next += Integer.BYTES;
            available += Integer.SIZE;
            return true;
        }
        while (available < count && next < limit) {
            bits |= (long) in.getUnsignedByte(next++) << available;
            available += Byte.SIZE;
        }
        return available >= count;
    }

    private int take(int count) {
        int taken = (int) bits & ((1 << count) - 1);
        bits >>>= count;
        available -= count;
        return taken;
    }
}
