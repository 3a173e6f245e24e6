package infrarust.api.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One server at one moment.
 *
 * @param id in the configuration
 * @param network the group inside which players may switch
 * @param domains host names that lead to it, as written, wildcards included
 * @param addresses where it listens; empty for one that leads into the limbo
 * @param mode how much of the protocol the proxy speaks for it
 * @param state whether players can get there
 * @param players how many players are on it
 * @param maxPlayers what pingers are told, 0 for the server's own number
 */
public record Server(
        String id,
        Optional<String> network,
        List<String> domains,
        List<ServerAddress> addresses,
        Mode mode,
        State state,
        int players,
        int maxPlayers) {

    public Server {
        domains = List.copyOf(domains);
        addresses = List.copyOf(addresses);
    }

    /** How much of the protocol the proxy speaks for a server. */
    public enum Mode {
        /** Bytes are relayed. */
        PASSTHROUGH,
        /** As passthrough, inside the kernel where it can. */
        ZERO_COPY,
        /** As passthrough; the server verifies accounts. */
        SERVER_ONLY,
        /** The proxy speaks the protocol and verifies accounts. */
        CLIENT_ONLY,
        /** The proxy speaks the protocol; nobody verifies accounts. */
        OFFLINE;

        /** Whether players of such a server can be spoken to, and moved. */
        public boolean isIntercepted() {
            return this == CLIENT_ONLY || this == OFFLINE;
        }

        /** The spelling of the configuration. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether players can get to a server. */
    public enum State {
        /** At least one address takes players, as far as is known. */
        AVAILABLE,
        /** Every address has failed; they are tried all the same. */
        UNREACHABLE,
        /** Every address that would take players drains. */
        DRAINING,
        /** It has no address: players stay in the limbo. */
        LIMBO
    }
}
