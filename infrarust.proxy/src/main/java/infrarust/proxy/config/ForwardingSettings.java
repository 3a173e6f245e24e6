package infrarust.proxy.config;

import java.nio.file.Path;

/**
 * How servers are told who a player is.
 *
 * @param mode for servers that name none of their own
 * @param secretFile holds the secret that proxy and servers share; made when it is needed and not there
 */
public record ForwardingSettings(ForwardingMode mode, Path secretFile) {

    /** Nothing is forwarded. */
    public static ForwardingSettings defaults() {
        return new ForwardingSettings(ForwardingMode.NONE, Path.of("forwarding.secret"));
    }
}
