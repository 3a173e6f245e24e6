package infrarust.api.ban;

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody comes, and it is asked whether a ban keeps it out.
 *
 * @param stage how far it has come
 * @param address where it comes from
 * @param username the name that it gives; with {@link Stage#POST_AUTH} its final one. Empty for a ping, and where the
 *     proxy only relays
 * @param uuid the account: with {@link Stage#PRE_AUTH} empty, with {@link Stage#POST_AUTH} the final one
 * @param isUuidVerified whether a session server has confirmed the account
 * @param virtualHost the host name that it connected to, as the routing sees it; empty for a ping of a client before 1.6
 * @param server the id of the server to which that name leads, if to any
 */
public record LoginAttempt(
        Stage stage,
        InetAddress address,
        Optional<String> username,
        Optional<UUID> uuid,
        boolean isUuidVerified,
        Optional<String> virtualHost,
        Optional<String> server) {

    /** How far somebody has come. */
    public enum Stage {
        /** It asks for the status. */
        STATUS,
        /** It wants to log in, and nobody has verified who it is. */
        PRE_AUTH,
        /** It is known who it is. */
        POST_AUTH
    }
}
