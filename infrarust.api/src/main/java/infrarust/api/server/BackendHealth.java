package infrarust.api.server;

/** How an address of a server is. */
public enum BackendHealth {
    /** It takes players. */
    HEALTHY,
    /** It was left out, and is about to show whether it has recovered. */
    PROBING,
    /** It is left out because connections to it failed. */
    UNHEALTHY,
    /** It runs empty: who is on it stays, nobody is added. */
    DRAINING
}
