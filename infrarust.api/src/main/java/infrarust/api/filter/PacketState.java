package infrarust.api.filter;

/** What packets of a connection mean at the moment: their ids are unique only within a state and a direction. */
public enum PacketState {
    /** The login has been answered and the client has not said that it knows; nothing is filtered in it. */
    LOGIN,
    /** Registries and settings; since 1.20.2. */
    CONFIGURATION,
    /** In a world. */
    PLAY
}
