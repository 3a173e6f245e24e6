package infrarust.proxy.config;

import java.net.InetSocketAddress;

/**
 * A host and a port as the operator wrote them. The host is not looked up here: names are resolved at each connect, so
 * that a changed DNS record takes effect without a reload.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535, or 0 for "any free port" where the address is bound
 */
public record Address(String host, int port) {

    /** The port that Minecraft clients use when none is given. */
    public static final int DEFAULT_PORT = 25565;

    public Address {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is empty");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code [ipv6]} or {@code [ipv6]:port}; without a port it is 25565.
     *
     * @throws IllegalArgumentException with a message for the operator, when the text is none of these
     */
    public static Address parse(String text) {
        String host;
        String port;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException("the bracket of the IPv6 address is not closed");
            }
            host = text.substring(1, end);
            String rest = text.substring(end + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw new IllegalArgumentException("after the bracket a colon and a port are expected");
            }
            port = rest.isEmpty() ? "" : rest.substring(1);
            if (rest.length() == 1) {
                throw new IllegalArgumentException("the port after the colon is missing");
            }
        } else {
            int colon = text.indexOf(':');
            if (colon != text.lastIndexOf(':')) {
                throw new IllegalArgumentException("an IPv6 address needs brackets, as in [::1]:25565");
            }
            host = colon < 0 ? text : text.substring(0, colon);
            port = colon < 0 ? "" : text.substring(colon + 1);
            if (colon >= 0 && port.isEmpty()) {
                throw new IllegalArgumentException("the port after the colon is missing");
            }
        }
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '/')) {
            throw new IllegalArgumentException("the host is missing or holds a character that no host name has");
        }
        return new Address(host, port.isEmpty() ? DEFAULT_PORT : portNumber(port));
    }

    private static int portNumber(String port) {
        if (port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("the port \"" + port + "\" is not a number in 0..65535");
        }
        return Integer.parseInt(port);
    }

    /** The same address for the network stack, still unresolved. */
    public InetSocketAddress unresolved() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
