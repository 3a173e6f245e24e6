package infrarust.wasm.component.canon;

import infrarust.wasm.spi.CoreMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A memory that cannot grow, without an engine. Beyond its end it throws what no lift or lower may let through. */
final class ArrayMemory implements CoreMemory {

    final byte[] bytes;
    private final ByteBuffer buffer;

    ArrayMemory(int size) {
        this.bytes = new byte[size];
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int byteSize() {
        return bytes.length;
    }

    @Override
    public byte getByte(int address) {
        return buffer.get(address);
    }

    @Override
    public short getShort(int address) {
        return buffer.getShort(address);
    }

    @Override
    public int getInt(int address) {
        return buffer.getInt(address);
    }

    @Override
    public long getLong(int address) {
        return buffer.getLong(address);
    }

    @Override
    public void putByte(int address, byte value) {
        buffer.put(address, value);
    }

    @Override
    public void putShort(int address, short value) {
        buffer.putShort(address, value);
    }

    @Override
    public void putInt(int address, int value) {
        buffer.putInt(address, value);
    }

    @Override
    public void putLong(int address, long value) {
        buffer.putLong(address, value);
    }

    @Override
    public void read(int address, byte[] target, int offset, int length) {
        buffer.get(address, target, offset, length);
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        buffer.put(address, source, offset, length);
    }

    @Override
    public void write(int address, ByteBuffer source) {
        buffer.duplicate().position(address).put(source);
    }

    @Override
    public ByteBuffer view(int address, int length) {
        return buffer.slice(address, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
