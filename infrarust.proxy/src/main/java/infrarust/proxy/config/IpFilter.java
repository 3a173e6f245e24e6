package infrarust.proxy.config;

import java.net.InetAddress;

/**
 * Which addresses may come in: those on the whitelist, or all when there is none, but for those on the blacklist, which wins.
 *
 * @param whitelist empty for every address
 * @param blacklist refused in any case
 */
public record IpFilter(AddressSet whitelist, AddressSet blacklist) {

    private static final IpFilter NONE = new IpFilter(AddressSet.empty(), AddressSet.empty());

    /** Lets every address in. */
    public static IpFilter none() {
        return NONE;
    }

    /** Whether it refuses nobody. */
    public boolean isEmpty() {
        return whitelist.isEmpty() && blacklist.isEmpty();
    }

    /** Whether the address may come in. Any thread. */
    public boolean admits(InetAddress address) {
        return !blacklist.contains(address) && (whitelist.isEmpty() || whitelist.contains(address));
    }

    /** For the log, as {@code 3 allowed, 20 blocked}. */
    public String summary() {
        return (whitelist.isEmpty() ? "all" : whitelist.size()) + " allowed, " + blacklist.size() + " blocked";
    }
}
