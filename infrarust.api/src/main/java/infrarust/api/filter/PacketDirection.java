package infrarust.api.filter;

/** Which way a packet travels. */
public enum PacketDirection {
    /** From the client: the client's side of a session. */
    SERVERBOUND,
    /** From the server: the server's side of a session. */
    CLIENTBOUND
}
