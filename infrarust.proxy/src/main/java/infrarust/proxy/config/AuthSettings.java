package infrarust.proxy.config;

import java.net.URI;

/**
 * How accounts are verified.
 *
 * @param sessionUrl the session server, without {@code /session/minecraft/hasJoined}
 * @param preventProxyConnections whether a player must come from the address from which its client spoke to the session server
 */
public record AuthSettings(URI sessionUrl, boolean preventProxyConnections) {

    /** Mojang's server, and players may come from anywhere. */
    public static AuthSettings defaults() {
        return new AuthSettings(URI.create("https://sessionserver.mojang.com"), false);
    }

    /**
     * Reads the address of a session server.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    static URI sessionUrl(String text) {
        URI uri = URI.create(text.replaceFirst("/+$", ""));
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("it has to begin with http:// or https:// and a host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("it may have a path, but no user, query or fragment");
        }
        return uri;
    }
}
