package infrarust.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The capabilities that a plugin's table may name, by their exact spelling. An odd name is only worth a warning: the
 * file may have been written for another version, and the plugin runs without the capability.
 */
final class CapabilityName {

    private static final List<String> GRANTABLE = List.of(
            "event-bus",
            "player-read",
            "player-write",
            "command",
            "scheduler",
            "config-read",
            "raw-packet",
            "server-manage",
            "ban",
            "codec-filter",
            "limbo",
            "virtual-backend",
            "permission-provider",
            "filesystem-extended",
            "network",
            "config-write",
            "chat-intercept",
            "ban-provider",
            "plugin-messaging",
            "connection-handoff");

    /** Sees bytes before any parsing; only for native plugins. */
    private static final String NEVER = "transport-filter";

    private CapabilityName() {}

    /** Why the name has no effect in a list of permissions (grant) or of denials, if it has none. */
    static Optional<String> objection(String name, boolean grant) {
        if (name.equals(NEVER)) {
            return grant
                    ? Optional.of("names \"" + NEVER + "\", which no configuration can grant; it is ignored")
                    : Optional.empty();
        }
        if (GRANTABLE.contains(name)) {
            return Optional.empty();
        }
        List<String> known = new ArrayList<>(GRANTABLE);
        known.add(NEVER);
        return Optional.of("names the unknown capability \"" + name + "\", which is ignored"
                + NearestName.of(name, known)
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse(""));
    }
}
