package infrarust.proxy.routing;

import java.util.Locale;

/** How an address of a server is doing, as operators and plugins see it. */
public enum Health {
    /** It takes players. */
    HEALTHY,
    /** It was left out, and is about to show whether it has recovered. */
    PROBING,
    /** It is left out because connections to it failed. */
    UNHEALTHY,
    /** It runs empty: who is on it stays, nobody is added. */
    DRAINING;

    /** In the words of the log. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
