package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Walks over a range of the component's bytes. Every read is checked against the range; offsets count from the file's start. */
final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private int position;

    ByteReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean hasRemaining() {
        return position < end;
    }

    int u8() {
        if (position >= end) {
            throw new ComponentException("the component ends in the middle of something", position);
        }
        return bytes[position++] & 0xff;
    }

    /** The next byte without moving. */
    int peek() {
        int value = u8();
        position--;
        return value;
    }

    /** An unsigned LEB128 number of at most 32 bits, kept below 2^31: no index or length is larger in a file of this size. */
    int u32() {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                if (value > 0xffff_ffffL || (shift == 28 && b > 0x0f)) {
                    break;
                }
                if (value > Integer.MAX_VALUE) {
                    throw new ComponentException(
                            "the number " + value + " is larger than anything in this file", start);
                }
                return (int) value;
            }
        }
        throw new ComponentException("a number has more than 32 bits", start);
    }

    /** An unsigned LEB128 number of at most 64 bits; one above 2^63 comes out negative. */
    long u64() {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                if (shift == 63 && b > 1) {
                    break;
                }
                return value;
            }
        }
        throw new ComponentException("a number has more than 64 bits", start);
    }

    /** Steps over a LEB128 number of at most 64 bits, signed or not. */
    void skipNumber() {
        int start = position;
        for (int i = 0; i < 10; i++) {
            if (u8() < 0x80) {
                return;
            }
        }
        throw new ComponentException("a number has more than 64 bits", start);
    }

    /** A signed LEB128 number of 33 bits, as value types and type indices are written. */
    long s33() {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                int unused = 64 - Math.min(64, shift + 7);
                return value << unused >> unused;
            }
        }
        throw new ComponentException("a type index has more than 33 bits", start);
    }

    /** A length, then that many bytes of UTF-8. */
    String name() {
        int length = u32();
        int start = skip(length, "a name");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ComponentException("a name is not valid UTF-8", start, e);
        }
    }

    /** Steps over a section. */
    int section(int id, int size) {
        if (size > end - position) {
            throw new ComponentException(
                    "section " + id + " claims " + size + " bytes, but only " + (end - position) + " are left",
                    position);
        }
        return skip(size, "a section");
    }

    /** Steps over bytes and answers where they began. */
    int skip(int length, String what) {
        if (length > end - position) {
            throw new ComponentException(
                    what + " claims " + length + " bytes, but only " + (end - position) + " are left", position);
        }
        int start = position;
        position += length;
        return start;
    }

    /** Goes to an offset within the range. */
    void moveTo(int offset) {
        position = offset;
    }

    /** A count of items that follow. It allocates nothing: each item takes a byte at least, and has to be there. */
    int count() {
        int count = u32();
        if (count > end - position) {
            throw new ComponentException(
                    "a list claims " + count + " entries, but only " + (end - position) + " bytes are left", position);
        }
        return count;
    }

    /** A byte that says whether something follows. */
    boolean present() {
        int flag = u8();
        if (flag > 1) {
            throw unexpected("presence flag", flag);
        }
        return flag == 1;
    }

    /** As many names as a count says. */
    List<String> names() {
        int count = count();
        List<String> names = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            names.add(name());
        }
        return names;
    }

    void expect(int value, String what) {
        int start = position;
        int found = u8();
        if (found != value) {
            throw new ComponentException(
                    String.format("expected %s (0x%02x) and found 0x%02x", what, value, found), start);
        }
    }

    /** An error about the byte just read. */
    ComponentException unexpected(String what, int found) {
        return new ComponentException(String.format("0x%02x is no %s", found, what), position - 1);
    }
}
