package infrarust.proxy.protocol;

import java.util.Arrays;

/**
 * The packet ids that one connection speaks: plain arrays, resolved once from the {@link PacketTable}. Immutable; any thread.
 * Look-ups neither allocate nor box.
 */
@SuppressWarnings("EnumOrdinal") // plain arrays, because ids are looked up per packet
public final class PacketIds {

    /** The id of a packet that the version does not have. */
    public static final int ABSENT = -1;

    private static final PacketType[] TYPES = PacketType.values();
    private static final int STATES = ConnectionState.values().length;

    private final int protocol;
    private final int[] idByType;
    private final PacketType[][] typeById;

    PacketIds(int protocol, int[] idByType) {
        this(protocol, idByType, invert(idByType));
    }

    private PacketIds(int protocol, int[] idByType, PacketType[][] typeById) {
        this.protocol = protocol;
        this.idByType = idByType;
        this.typeById = typeById;
    }

    private static PacketType[][] invert(int[] idByType) {
        var typeById = new PacketType[STATES * 2][0];
        for (PacketType type : TYPES) {
            int id = idByType[type.ordinal()];
            if (id == ABSENT) {
                continue;
            }
            int slot = slot(type.state(), type.direction());
            int known = typeById[slot].length;
            if (id >= known) {
                typeById[slot] = Arrays.copyOf(typeById[slot], id + 1);
                Arrays.fill(typeById[slot], known, id + 1, PacketType.UNKNOWN);
            }
            if (typeById[slot][id] != PacketType.UNKNOWN) {
                throw new IllegalStateException(type + " and " + typeById[slot][id] + " have the same id " + id);
            }
            typeById[slot][id] = type;
        }
        return typeById;
    }

    private static int slot(ConnectionState state, Direction direction) {
        return state.ordinal() * 2 + direction.ordinal();
    }

    PacketIds withProtocol(int other) {
        return new PacketIds(other, idByType, typeById);
    }

    /** The protocol number of the connection, which may be one that the table does not know. */
    public int protocol() {
        return protocol;
    }

    /** The id of a packet, or {@link #ABSENT} when this version does not have it. */
    public int id(PacketType type) {
        return idByType[type.ordinal()];
    }

    /** Whether this version has the packet. */
    public boolean has(PacketType type) {
        return idByType[type.ordinal()] != ABSENT;
    }

    /** The packet with that id, or {@link PacketType#UNKNOWN}; any id is allowed. */
    public PacketType type(ConnectionState state, Direction direction, int id) {
        PacketType[] types = typeById[slot(state, direction)];
        return id >= 0 && id < types.length ? types[id] : PacketType.UNKNOWN;
    }
}
