package infrarust.api.filter;

import java.util.UUID;

/**
 * Bytes where they lie, with a place to read from, in the protocol's own types. The same object serves one call after the other: it is valid only
 * during the call that it is given to, and only on that call's thread; afterwards it is empty. What has to stay is {@linkplain #readBytes
 * copied}.
 *
 * <p>Every read throws {@link UnreadableBytesException} where the bytes do not suffice or are out of bounds.
 */
public interface ByteView {

    /** How many bytes there are. */
    int length();

    /** The place of the next read: 0 to {@link #length}. */
    int position();

    /** Goes to another place. */
    void position(int next);

    /** How many bytes are left to read. */
    default int remaining() {
        return length() - position();
    }

    /** The byte at that place, from −128 to 127, wherever the next read is. */
    byte at(int index);

    /** Leaves so many bytes out. */
    void skip(int bytes);

    /** A byte, from −128 to 127. */
    byte readByte();

    /** A byte, from 0 to 255. */
    int readUnsignedByte();

    /** A byte that is 0 for no. */
    boolean readBoolean();

    /** Two bytes, the higher first. */
    short readShort();

    /** Two bytes, the higher first, from 0 to 65,535. */
    int readUnsignedShort();

    /** Four bytes, the highest first. */
    int readInt();

    /** Eight bytes, the highest first. */
    long readLong();

    /** Four bytes. */
    float readFloat();

    /** Eight bytes. */
    double readDouble();

    /** A number of 1 to 5 bytes of seven bits, the lowest first. */
    int readVarInt();

    /** A number of 1 to 10 bytes of seven bits, the lowest first. */
    long readVarLong();

    /**
     * Text in UTF-8 behind its length in bytes.
     *
     * @param maxLength how many UTF-16 units it may have
     */
    String readString(int maxLength);

    /** Sixteen bytes. */
    UUID readUuid();

    /** So many bytes, copied. */
    byte[] readBytes(int length);

    /** So many bytes, into an array. */
    void readBytes(byte[] into, int offset, int length);
}
