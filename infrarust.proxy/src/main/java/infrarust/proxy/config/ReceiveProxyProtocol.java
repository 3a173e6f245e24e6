package infrarust.proxy.config;

/**
 * Whether connections begin with a header that says whose they are.
 *
 * @param presence which of them do
 * @param trusted whose headers are believed; empty only for {@link Presence#OFF} and for {@link Presence#REQUIRED}, where it
 *     then means everybody's
 */
public record ReceiveProxyProtocol(Presence presence, AddressSet trusted) {

    private static final ReceiveProxyProtocol OFF = new ReceiveProxyProtocol(Presence.OFF, AddressSet.empty());

    /** Which connections begin with a header. */
    public enum Presence {
        /** None; what looks like one is not understood. */
        OFF,
        /** Some of the trusted addresses'. */
        OPTIONAL,
        /** All; they come from trusted addresses only. */
        REQUIRED
    }

    /** No connection has one. */
    public static ReceiveProxyProtocol off() {
        return OFF;
    }

    /** Whether everybody who reaches the port may say who he is. */
    public boolean trustsEverybody() {
        return presence == Presence.REQUIRED && trusted.isEmpty();
    }
}
