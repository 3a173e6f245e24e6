package infrarust.proxy.protocol;

/**
 * A protocol number and the name of the first release that speaks it. Numbers that the table does not know are carried with
 * a name of their own: forwarding never needs to know a version.
 *
 * @param number the number of the handshake, any 32-bit value
 * @param name the first release with that number (such as {@code 1.20.2}), or {@code protocol N} for an unknown one
 */
public record ProtocolVersion(int number, String name) {

    // The versions where a layout or a rule that the proxy applies changed, and no others.
    /** Undashed UUIDs end, dashed begin in login success. */
    public static final int V1_7_6 = 5;
    /** Compression; byte arrays counted by VarInt. */
    public static final int V1_8 = 47;
    /** Main hand in the client's settings; boss bars. */
    public static final int V1_9 = 107;
    /** Answers about resource packs do not repeat the hash. */
    public static final int V1_10 = 210;
    /** Chat messages of up to 256 characters, up to 100 before; text above the hotbar by the title packet. */
    public static final int V1_11 = 315;
    /** Keep alive ids of 64 bits. */
    public static final int V1_12_2 = 340;
    /** Login plugin messages, command tree, channel names with a namespace. */
    public static final int V1_13 = 393;
    /** UUIDs as 16 bytes in login success; chat with a sender. */
    public static final int V1_16 = 735;
    /** An angle in the default spawn position; titles in packets of their own; resource packs with words. */
    public static final int V1_17 = 755;
    /** The client says whether it may be listed. */
    public static final int V1_18 = 757;
    /** Player keys in login start, system chat, profile properties in login success. */
    public static final int V1_19 = 759;
    /** A UUID in login start; system chat with an overlay flag. */
    public static final int V1_19_1 = 760;
    /** Player keys leave login start again; chat sessions, chat acknowledged by counts. */
    public static final int V1_19_3 = 761;
    /** The player position does not dismount any more. */
    public static final int V1_19_4 = 762;
    /** The configuration state; the UUID of login start is not optional any more. */
    public static final int V1_20_2 = 764;
    /** Text as network NBT outside the login state; several resource packs, each with an id. */
    public static final int V1_20_3 = 765;
    /** Strict error handling flag in login success; transfer. */
    public static final int V1_20_5 = 766;
    /** The flag of 1.20.5 is gone; particles in the client's settings. */
    public static final int V1_21_2 = 768;
    /** Height maps as a list, paletted sections without their lengths. */
    public static final int V1_21_5 = 770;
    /** A dimension and two angles in the default spawn position. */
    public static final int V1_21_9 = 773;
    /** Sections of chunks count their fluids. */
    public static final int V26_1 = 775;
    /** A session UUID at the end of login success. */
    public static final int V26_2 = 776;
    /** Game modes as VarInts, light masks as bytes. */
    public static final int V26_3 = 777;

    /** Whether this version has the configuration state between login and play. */
    public boolean hasConfiguration() {
        return number >= V1_20_2;
    }

    @Override
    public String toString() {
        return name;
    }
}
