package infrarust.proxy.config;

/** Whether a server is told, by a header before the first packet, whose connection it is. */
public enum SendProxyProtocol {
    /** No. */
    OFF,
    /** By a line of text. */
    V1,
    /** By bytes. */
    V2
}
