package infrarust.proxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * The layouts of one packet: a template per band of protocol versions. Immutable; any thread.
 *
 * @param <T> the packet's record
 */
public final class PacketLayout<T> {

    private final PacketType type;
    private final List<Band<T>> bands;

    private record Band<T>(int since, Layout<T> layout) {}

    private PacketLayout(PacketType type, List<Band<T>> bands) {
        this.type = type;
        this.bands = bands;
    }

    /** The same layout in all versions. */
    public static <T> PacketLayout<T> always(PacketType type, Layout<T> layout) {
        return new PacketLayout<>(type, List.of(new Band<>(Integer.MIN_VALUE, layout)));
    }

    /** No layout: the packet is only spoken from the first {@link #since} on. */
    public static <T> PacketLayout<T> none(PacketType type) {
        return new PacketLayout<>(type, List.of());
    }

    /** This layout from that protocol number on, until the next one. Call in rising order. */
    public PacketLayout<T> since(int protocol, Layout<T> layout) {
        var more = new ArrayList<>(bands);
        more.addFirst(new Band<>(protocol, layout));
        return new PacketLayout<>(type, List.copyOf(more));
    }

    /** Which packet it is. */
    public PacketType type() {
        return type;
    }

    /** The template of a version. */
    public Layout<T> at(int protocol) {
        for (Band<T> band : bands) {
            if (protocol >= band.since) {
                return band.layout;
            }
        }
        throw new IllegalStateException(type + " has no layout for protocol " + protocol);
    }

    /** Reads the packet behind its id. Trailing bytes are left where they are: mods add some. */
    public T read(ByteBuf body, PacketIds ids) {
        return at(ids.protocol()).read(body);
    }

    /**
     * Writes id and packet, without a frame.
     *
     * @throws IllegalStateException when the version does not have this packet
     */
    public void write(ByteBuf out, PacketIds ids, T packet) {
        int id = ids.id(type);
        if (id == PacketIds.ABSENT) {
            throw new IllegalStateException("Protocol " + ids.protocol() + " has no packet " + type);
        }
        Wire.writeVarInt(out, id);
        at(ids.protocol()).write(out, packet);
    }

    /** Id and packet in a buffer of its own, without a frame; the caller releases it. */
    public ByteBuf encode(ByteBufAllocator allocator, PacketIds ids, T packet) {
        ByteBuf out = allocator.buffer();
        try {
            write(out, ids, packet);
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
        return out;
    }
}
