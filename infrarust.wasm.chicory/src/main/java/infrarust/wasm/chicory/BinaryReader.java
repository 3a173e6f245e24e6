package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreModuleException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads numbers, names and vectors of the binary format (core specification, 5.2 and 5.5). Never reads beyond its end, and never
 * believes a length that the remaining bytes cannot hold, so that memory is bounded by the size of the input.
 */
final class BinaryReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    BinaryReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int position() {
        return at;
    }

    boolean hasMore() {
        return at < end;
    }

    int remaining() {
        return end - at;
    }

    CoreModuleException malformed(String what) {
        return malformed(what, at);
    }

    static CoreModuleException malformed(String what, int offset) {
        return new CoreModuleException("not a valid core module: " + what + ", at byte " + offset);
    }

    /** One byte, 0 to 255. */
    int u8() {
        if (at >= end) {
            throw malformed("unexpected end");
        }
        return bytes[at++] & 0xff;
    }

    /** The next byte, which stays the next. */
    int peek() {
        int value = u8();
        at--;
        return value;
    }

    /** An unsigned number of 32 bits in LEB128; as a Java {@code int} that may be negative. */
    int u32() {
        int start = at;
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = u8();
            if (shift == 28 && b > 0x0f) {
                throw malformed(b > 0x7f ? "integer representation too long" : "integer too large", start);
            }
            value |= (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
    }

    /** Passes a signed or unsigned number of at most as many bits in LEB128, without regard to unused bits. */
    void skipNumber(int bits) {
        int start = at;
        for (int left = (bits + 6) / 7; u8() >= 0x80; ) {
            if (--left == 0) {
                throw malformed("integer representation too long", start);
            }
        }
    }

    /** A signed number of at most 64 bits in LEB128; the unused bits of the last byte are not looked at. */
    long s64() {
        int start = at;
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; ) {
            int b = u8();
            value |= (b & 0x7fL) << shift;
            shift += 7;
            if (b < 0x80) {
                return shift < Long.SIZE && (b & 0x40) != 0 ? value | -1L << shift : value;
            }
        }
        throw malformed("integer representation too long", start);
    }

    /** So many bytes as a number, the first the lowest; sign-extended. */
    long littleEndian(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) u8() << (8 * i);
        }
        int unused = Long.SIZE - 8 * count;
        return value << unused >> unused;
    }

    byte[] bytes(int count) {
        int start = at;
        skip(count);
        return Arrays.copyOfRange(bytes, start, at);
    }

    /** The length of a vector whose elements take at least one byte each. */
    int count() {
        int start = at;
        int count = u32();
        if (count < 0 || count > remaining()) {
            throw malformed("length out of bounds: " + Integer.toUnsignedString(count), start);
        }
        return count;
    }

    void skip(int count) {
        if (count < 0 || count > remaining()) {
            throw malformed("unexpected end");
        }
        at += count;
    }

    /** A part of so many bytes, which this reader passes over. */
    BinaryReader part(int size) {
        int start = at;
        skip(size);
        return new BinaryReader(bytes, start, at);
    }

    String name() {
        int length = count();
        int start = at;
        skip(length);
        if (isAscii(start, length)) {
            return new String(bytes, start, length, StandardCharsets.US_ASCII);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CoreModuleException(
                    malformed("malformed UTF-8 encoding", start).getMessage(), e);
        }
    }

    private boolean isAscii(int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
