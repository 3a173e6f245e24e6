package infrarust.proxy.protocol.nbt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of NBT. Immutable, except that the arrays are not copied: whoever makes a tag leaves its array alone. */
public sealed interface Tag {

    /** The number of the end mark, which closes a compound and is the element type of an empty list. */
    int END = 0;

    /** The number of this type on the wire, 1 to 12. */
    int type();

    /** 8 bits; also how NBT says true (1) and false (0). */
    record OfByte(byte value) implements Tag {
        @Override
        public int type() {
            return 1;
        }
    }

    /** 16 bits. */
    record OfShort(short value) implements Tag {
        @Override
        public int type() {
            return 2;
        }
    }

    /** 32 bits. */
    record OfInt(int value) implements Tag {
        @Override
        public int type() {
            return 3;
        }
    }

    /** 64 bits. */
    record OfLong(long value) implements Tag {
        @Override
        public int type() {
            return 4;
        }
    }

    /** 32-bit floating point. */
    record OfFloat(float value) implements Tag {
        @Override
        public int type() {
            return 5;
        }
    }

    /** 64-bit floating point. */
    record OfDouble(double value) implements Tag {
        @Override
        public int type() {
            return 6;
        }
    }

    /** Bytes. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy per access would be waste
    record OfByteArray(byte[] value) implements Tag {
        @Override
        public int type() {
            return 7;
        }
    }

    /** Text of at most 65,535 bytes in modified UTF-8. */
    record OfString(String value) implements Tag {
        @Override
        public int type() {
            return 8;
        }
    }

    /**
     * Values of one type. Values of different types may be given: they are written as the game does, each that is not a
     * compound wrapped in a compound under the empty name.
     */
    record OfList(List<Tag> values) implements Tag {

        public OfList {
            values = List.copyOf(values);
        }

        @Override
        public int type() {
            return 9;
        }
    }

    /** Named values, in the order of the map. */
    record OfCompound(Map<String, Tag> values) implements Tag {

        public OfCompound {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public int type() {
            return 10;
        }
    }

    /** 32-bit numbers. */
    @SuppressWarnings("ArrayRecordComponent") // as OfByteArray
    record OfIntArray(int[] value) implements Tag {
        @Override
        public int type() {
            return 11;
        }
    }

    /** 64-bit numbers. */
    @SuppressWarnings("ArrayRecordComponent") // as OfByteArray
    record OfLongArray(long[] value) implements Tag {
        @Override
        public int type() {
            return 12;
        }
    }
}
