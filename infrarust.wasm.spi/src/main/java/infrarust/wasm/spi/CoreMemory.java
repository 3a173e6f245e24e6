package infrarust.wasm.spi;

import java.nio.ByteBuffer;

/**
 * A linear memory. Addresses are unsigned 32-bit numbers in a Java {@code int}; memories above 2 GiB do not occur
 * ({@link CoreLimits}). All values are little-endian and need no alignment. Every access is checked against the size at
 * that moment and throws {@link CoreTrap.MemoryOutOfBounds} beyond it. Only the store's owner thread may use it.
 */
public non-sealed interface CoreMemory extends CoreExtern {

    /** Size in bytes now. Any call into the guest may change it. */
    int byteSize();

    byte getByte(int address);

    short getShort(int address);

    int getInt(int address);

    long getLong(int address);

    void putByte(int address, byte value);

    void putShort(int address, short value);

    void putInt(int address, int value);

    void putLong(int address, long value);

    /** Copies guest bytes into an array. */
    void read(int address, byte[] target, int offset, int length);

    /** Copies bytes of an array into the guest. */
    void write(int address, byte[] source, int offset, int length);

    /** Copies all remaining bytes of the buffer into the guest, moving the buffer's position. */
    void write(int address, ByteBuffer source);

    /**
     * A little-endian view of a range, without a copy. It stays memory-safe for ever but is meaningful only until the next
     * call into the guest, which may move or overwrite what it shows.
     */
    ByteBuffer view(int address, int length);
}
