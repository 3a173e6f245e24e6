package infrarust.proxy.protocol;

/** Which way a packet travels. */
public enum Direction {
    /** From the client to the server. */
    SERVERBOUND,
    /** From the server to the client. */
    CLIENTBOUND
}
