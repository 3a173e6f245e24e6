package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A linear memory in one array whose length is the memory's size, so that Java's bounds check is WebAssembly's. Serves the
 * guest as Chicory's memory and the host as the SPI's. It is the only memory class in use, which keeps the guest's call
 * sites monomorphic.
 *
 * <p>Both sides get {@link CoreTrap.MemoryOutOfBounds} for an access beyond the size. Growing copies.
 *
 * <p>Its length is that of the two interfaces, which have a method for each width.
 */
final class FlatMemory implements Memory, CoreMemory {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] NONE = {};

    private final ChicoryStore store;
    private final CoreExternType.Limits declared;
    /** What {@code memory.grow} may reach at most, other memories of the store aside. */
    private final int maximumPages;

    private byte[] bytes;
    private @Nullable Instance selected;

    /** Makes a zeroed memory of its minimum size, which the store has granted. */
    FlatMemory(ChicoryStore store, CoreExternType.Limits declared) {
        this.store = store;
        this.declared = declared;
        this.maximumPages = (int) Math.min(
                declared.maximum().orElse(Long.MAX_VALUE), store.limits().maxMemoryPages());
        this.bytes = new byte[Math.toIntExact(declared.minimum() * CoreLimits.PAGE_BYTES)];
    }

    ChicoryStore store() {
        return store;
    }

    CoreExternType.Limits declared() {
        return declared;
    }

    /** Gives the array up; every later access is out of bounds. */
    void release() {
        bytes = NONE;
        selected = null;
    }

    private CoreTrap outOfBounds(int address, int length, IndexOutOfBoundsException cause) {
        return new CoreTrap.MemoryOutOfBounds(
                "out of bounds memory access: " + Integer.toUnsignedString(length) + " bytes at "
                        + Integer.toUnsignedString(address) + " of " + bytes.length,
                cause);
    }

    private void check(int address, int length) {
        try {
            Objects.checkFromIndexSize(address, length, bytes.length);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, length, e);
        }
    }

    // The host's side

    @Override
    public int byteSize() {
        return bytes.length;
    }

    @Override
    public byte getByte(int address) {
        return read(address);
    }

    @Override
    public short getShort(int address) {
        return readShort(address);
    }

    @Override
    public int getInt(int address) {
        return readInt(address);
    }

    @Override
    public long getLong(int address) {
        return readLong(address);
    }

    @Override
    public void putByte(int address, byte value) {
        writeByte(address, value);
    }

    @Override
    public void putShort(int address, short value) {
        writeShort(address, value);
    }

    @Override
    public void putInt(int address, int value) {
        writeI32(address, value);
    }

    @Override
    public void putLong(int address, long value) {
        writeLong(address, value);
    }

    @Override
    public void read(int address, byte[] target, int offset, int length) {
        check(address, length);
        System.arraycopy(bytes, address, target, offset, length);
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        check(address, length);
        System.arraycopy(source, offset, bytes, address, length);
    }

    @Override
    public void write(int address, ByteBuffer source) {
        int length = source.remaining();
        check(address, length);
        source.get(bytes, address, length);
    }

    @Override
    public ByteBuffer view(int address, int length) {
        check(address, length);
        return ByteBuffer.wrap(bytes, address, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    // The guest's side

    @Override
    public int pages() {
        return bytes.length / CoreLimits.PAGE_BYTES;
    }

    @Override
    public int initialPages() {
        return (int) declared.minimum();
    }

    @Override
    public int maximumPages() {
        return maximumPages;
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public int grow(int by) {
        int before = pages();
        if (by < 0 || by > maximumPages - before || !store.takePages(by)) {
            return -1;
        }
        if (by > 0) {
            try {
                bytes = Arrays.copyOf(bytes, (before + by) * CoreLimits.PAGE_BYTES);
            } catch (OutOfMemoryError e) {
                // The specification lets grow fail for want of memory; the guest learns it as it would elsewhere.
                store.returnPages(by);
                return -1;
            }
        }
        return before;
    }

    @Override
    public byte read(int address) {
        try {
            return bytes[address];
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, 1, e);
        }
    }

    @Override
    public void writeByte(int address, byte value) {
        try {
            bytes[address] = value;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, 1, e);
        }
    }

    @Override
    public short readShort(int address) {
        try {
            return (short) SHORT.get(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Short.BYTES, e);
        }
    }

    @Override
    public long readU16(int address) {
        return Short.toUnsignedLong(readShort(address));
    }

    @Override
    public void writeShort(int address, short value) {
        try {
            SHORT.set(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Short.BYTES, e);
        }
    }

    @Override
    public int readInt(int address) {
        try {
            return (int) INT.get(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Integer.BYTES, e);
        }
    }

    @Override
    public void writeI32(int address, int value) {
        try {
            INT.set(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Integer.BYTES, e);
        }
    }

    @Override
    public long readLong(int address) {
        try {
            return (long) LONG.get(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Long.BYTES, e);
        }
    }

    @Override
    public void writeLong(int address, long value) {
        try {
            LONG.set(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Long.BYTES, e);
        }
    }

    @Override
    public float readFloat(int address) {
        try {
            return (float) FLOAT.get(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Float.BYTES, e);
        }
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public void writeF32(int address, float value) {
        try {
            FLOAT.set(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Float.BYTES, e);
        }
    }

    @Override
    public double readDouble(int address) {
        try {
            return (double) DOUBLE.get(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Double.BYTES, e);
        }
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public void writeF64(int address, double value) {
        try {
            DOUBLE.set(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Double.BYTES, e);
        }
    }

    @Override
    public byte[] readBytes(int address, int length) {
        check(address, length);
        return Arrays.copyOfRange(bytes, address, address + length);
    }

    @Override
    public void copy(int target, int source, int length) {
        check(source, length);
        check(target, length);
        System.arraycopy(bytes, source, bytes, target, length);
    }

    @Override
    public void fill(byte value, int from, int to) {
        // Chicory adds the length to the start itself, so that a sum beyond 2^31 arrives as an end before the start.
        check(from, to - from);
        Arrays.fill(bytes, from, to, value);
    }

    @Override
    public void zero() {
        // Called once before the segments are written: a new array is zero already.
    }

    // Data segments

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    /**
     * Writes the active segments of one instance; called again for each instance that imports this memory.
     *
     * @param dataSegments the instance's own array
     */
    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        for (int i = 0; i < dataSegments.length; i++) {
            if (dataSegments[i] instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                int address = (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
                write(address, active.data(), 0, active.data().length);
                // Dropped once written (core specification, 4.5.4).
                dataSegments[i] = PassiveDataSegment.EMPTY;
            }
        }
    }

    /** Whose segments the next {@link #initPassiveSegment} means: the memory may belong to several instances. */
    void select(Instance instance) {
        selected = instance;
    }

    @Override
    public void initPassiveSegment(int segment, int target, int offset, int length) {
        Instance instance = selected;
        if (instance == null) {
            throw new IllegalStateException("nobody said whose data segment " + segment + " is meant");
        }
        byte[] from = instance.dataSegmentData(segment);
        try {
            Objects.checkFromIndexSize(offset, length, from.length);
        } catch (IndexOutOfBoundsException e) {
            throw new CoreTrap.MemoryOutOfBounds("out of bounds access to data segment " + segment, e);
        }
        write(target, from, offset, length);
    }

    @Override
    public void drop(int segment) {
        // Segments are the instance's; Chicory's code drops them there.
        throw new UnsupportedOperationException("data.drop by way of a memory");
    }

    // Waiting and notifying belong to shared memories, which are refused when a module is loaded.

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public Object lock(int address) {
        throw new UnsupportedOperationException("atomics");
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int waitOn(int address, int expected, long timeout) {
        throw new UnsupportedOperationException("atomics");
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int waitOn(int address, long expected, long timeout) {
        throw new UnsupportedOperationException("atomics");
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int notify(int address, int maxThreads) {
        throw new UnsupportedOperationException("atomics");
    }
}
