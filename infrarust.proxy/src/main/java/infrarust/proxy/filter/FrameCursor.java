package infrarust.proxy.filter;

import infrarust.api.filter.Frame;
import infrarust.api.filter.RawPacket;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** The packet that a chain looks at, and what its filters put beside it. One per chain. */
final class FrameCursor extends BytesCursor implements Frame {

    private final IntPredicate isFollowed;
    private final List<RawPacket> before = new ArrayList<>(0);
    private final List<RawPacket> after = new ArrayList<>(0);
    private int id;
    private int injectedBytes;
    private int beforeMark;
    private int afterMark;
    private boolean open;

    /** @param isFollowed whether the proxy has to see every packet of that id */
    FrameCursor(IntPredicate isFollowed) {
        this.isFollowed = isFollowed;
    }

    /** A new packet, with nothing beside it. */
    void begin(int packetId, ByteBuf packet) {
        injected();
        show(packetId, packet);
    }

    /** @param packet id and body */
    private void show(int packetId, ByteBuf packet) {
        id = packetId;
        int from = packet.readerIndex();
        // The id may be written in more bytes than it needs.
        while (packet.getByte(from) < 0) {
            from++;
        }
        show(packet, from + 1, packet.writerIndex());
    }

    /**
     * Another packet in the place of the one before.
     *
     * @throws IllegalArgumentException if it is too long
     */
    void replace(RawPacket packet) {
        checkLength(packet);
        id = packet.id();
        show(Unpooled.wrappedBuffer(packet.body()), 0, packet.body().length);
    }

    /** A filter is about to look at the packet. */
    void open() {
        rewind();
        beforeMark = before.size();
        afterMark = after.size();
        open = true;
    }

    /** It has. */
    void close() {
        open = false;
    }

    /** Takes back what has been injected since {@link #open}. */
    void undo() {
        before.subList(beforeMark, before.size()).clear();
        after.subList(afterMark, after.size()).clear();
    }

    boolean injects() {
        return !before.isEmpty() || !after.isEmpty();
    }

    void before(Consumer<RawPacket> each) {
        before.forEach(each);
    }

    void after(Consumer<RawPacket> each) {
        after.forEach(each);
    }

    /** What was to be injected has been, or will never be. */
    void injected() {
        if (injectedBytes > 0) {
            before.clear();
            after.clear();
            injectedBytes = 0;
        }
    }

    /** The same packet, from its copy: the buffer that it lay in is gone soon. */
    void keep(RawPacket copy) {
        show(Unpooled.wrappedBuffer(copy.body()), 0, copy.body().length);
    }

    private static void checkLength(RawPacket packet) {
        if (packet.body().length > RawPacket.MAX_BODY) {
            throw new IllegalArgumentException("a packet may have " + RawPacket.MAX_BODY
                    + " bytes behind its id, this one has " + packet.body().length);
        }
    }

    /** Id and body in a new buffer. */
    ByteBuf packet(ByteBufAllocator allocator) {
        ByteBuf packet = allocator.directBuffer(Wire.varIntSize(id) + length());
        Wire.writeVarInt(packet, id);
        copyTo(packet);
        return packet;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public RawPacket copy() {
        int place = position();
        rewind();
        byte[] body = readBytes(length());
        position(place);
        return new RawPacket(id, body);
    }

    @Override
    public void injectBefore(RawPacket packet) {
        inject(before, packet);
    }

    @Override
    public void injectAfter(RawPacket packet) {
        inject(after, packet);
    }

    private void inject(List<RawPacket> beside, RawPacket packet) {
        if (!open) {
            throw new IllegalStateException("a packet can only be injected while the filter looks at another one");
        }
        if (isFollowed.test(packet.id())) {
            throw new IllegalArgumentException(
                    "packet 0x%02X changes what the proxy has to know of the session, and cannot be injected"
                            .formatted(packet.id()));
        }
        checkLength(packet);
        int more = packet.body().length + Wire.varIntSize(packet.id());
        if (more > MAX_INJECTED_BYTES - injectedBytes || before.size() + after.size() >= MAX_INJECTED_PACKETS) {
            throw new IllegalStateException("more than " + MAX_INJECTED_BYTES + " bytes or " + MAX_INJECTED_PACKETS
                    + " packets are injected beside one packet");
        }
        injectedBytes += more;
        beside.add(packet);
    }
}
