package infrarust.proxy.gate;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.util.Optional;

/**
 * Where a host name leads, and the configuration that says so; a connection keeps it even when a reload makes another.
 *
 * @param snapshot the configuration at the moment of the look-up
 * @param host the host name as the routing sees it: lower case, without markers and trailing dots
 * @param server the server that claims the name, if one does
 */
public record Route(ProxySnapshot snapshot, String host, Optional<ServerConfig> server) {

    /** Looks names up. Any thread; never blocks. */
    @FunctionalInterface
    public interface Finder {

        /**
         * Where the name leads.
         *
         * @param host as in the handshake, with everything that mods append; empty for the default
         */
        Route find(String host);

        /** The configuration that holds at the moment. */
        default ProxySnapshot snapshot() {
            return find("").snapshot();
        }
    }
}
