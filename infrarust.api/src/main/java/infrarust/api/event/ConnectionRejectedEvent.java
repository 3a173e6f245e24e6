package infrarust.api.event;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A connection has been turned away before a player was let in. Nothing waits for the listeners; in a flood of connections,
 * events that find the queue full are dropped.
 *
 * @param remoteAddress where the client is
 * @param host the host name that it dialled, as the routing sees it, if it has come as far as to say one
 * @param reason why
 */
public record ConnectionRejectedEvent(InetSocketAddress remoteAddress, Optional<String> host, Reason reason)
        implements Event {

    /** Why a connection is turned away. */
    public enum Reason {
        /** The operator's address filter. */
        IP_FILTER,
        /** Too many connections of one address. */
        RATE_LIMIT,
        /** No server claims the host name. */
        UNKNOWN_DOMAIN,
        /** The address is banned. */
        IP_BANNED,
        /** The name or the account is banned. */
        BANNED,
        /** The server cannot be reached. */
        SERVER_UNAVAILABLE,
        /** A plugin said no. */
        PLUGIN
    }
}
