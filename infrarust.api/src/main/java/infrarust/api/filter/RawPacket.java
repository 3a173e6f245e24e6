package infrarust.api.filter;

/**
 * A packet as bytes: what a filter puts in the place of another one, or beside it. {@link PacketWriter} writes one field by field.
 *
 * @param id in the client's version, for the state and direction that it is sent in; not negative
 * @param body what follows the id, uncompressed. It is not copied: leave the array alone once it is a packet
 */
@SuppressWarnings("ArrayRecordComponent") // packets are not compared
public record RawPacket(int id, byte[] body) {

    /**
     * Longest body of a packet that a filter sends. Every connection can carry as much, whatever its compression; longer ones that
     * compress well exist, and can be looked at.
     */
    public static final int MAX_BODY = (2 << 20) - (4 << 10);

    /** @throws IllegalArgumentException if the id is negative */
    public RawPacket {
        if (id < 0) {
            throw new IllegalArgumentException("a packet id is not negative: " + id);
        }
    }
}
