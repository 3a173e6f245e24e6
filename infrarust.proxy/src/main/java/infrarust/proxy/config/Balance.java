package infrarust.proxy.config;

import java.util.Locale;

/** By which rule the players of a server are spread over its addresses. */
public enum Balance {
    /** The first healthy address in the order of the file takes everybody. */
    FIRST_AVAILABLE,
    /** In turn, in proportion to the weights. */
    ROUND_ROBIN,
    /** To the address with the fewest players for its weight. */
    LEAST_CONN;

    /** The spelling in the configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
