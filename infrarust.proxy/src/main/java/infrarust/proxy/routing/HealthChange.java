package infrarust.proxy.routing;

import infrarust.proxy.config.Address;

/**
 * What has happened to an address of a server.
 *
 * @param kind what it is
 * @param server the id of the server
 * @param address which one
 * @param health how it is now
 * @param text the whole of it in one line for the log, with the reason
 */
public record HealthChange(Kind kind, String server, Address address, Health health, String text) {

    /** What can happen. */
    public enum Kind {
        /** It is left out from now on. */
        LEFT_OUT,
        /** It was left out and is not any more. */
        RETURNED,
        /** It drains, or does not any more. */
        DRAIN
    }
}
