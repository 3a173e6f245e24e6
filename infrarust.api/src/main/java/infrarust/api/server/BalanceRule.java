package infrarust.api.server;

/** How players are spread over the addresses of a server. */
public enum BalanceRule {
    /** The first healthy address gets everybody. */
    FIRST_AVAILABLE,
    /** Turns by weight. */
    ROUND_ROBIN,
    /** The address with the fewest players for its weight. */
    LEAST_CONN
}
