package infrarust.proxy.session;

import java.util.HashSet;
import java.util.Set;

/** The servers that one player has been sent to in a row without reaching any of their worlds. Only the loop's thread. */
final class Redirects {

    /** How many servers there may be in a row, the first one included. */
    private static final int MOST = 8;

    private final Set<String> tried = new HashSet<>();

    /** Whether the player may be sent there: not twice, and not for ever. */
    boolean allows(String server) {
        return tried.size() < MOST && !tried.contains(server);
    }

    /** The player is being sent there, or was there. */
    Redirects note(String server) {
        tried.add(server);
        return this;
    }
}
