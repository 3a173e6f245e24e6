package infrarust.api.server;

/**
 * Where a server listens, as the configuration has it.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {

    /** As people write it: {@code host:port}, with brackets around IPv6. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
