package infrarust.proxy.protocol;

/** What a connection speaks at the moment; packet ids are unique only within a state and a direction. */
public enum ConnectionState {
    /** Before the first packet. */
    HANDSHAKE,
    /** Pinging. */
    STATUS,
    /** Logging in. */
    LOGIN,
    /** Registries and settings; since 1.20.2 ({@link ProtocolVersion#V1_20_2}). */
    CONFIGURATION,
    /** In a world. */
    PLAY
}
