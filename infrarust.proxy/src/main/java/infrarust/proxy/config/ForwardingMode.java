package infrarust.proxy.config;

/** How a server behind the proxy is told who a player is, in the forms of BungeeCord, BungeeGuard and Velocity. */
public enum ForwardingMode {
    /** Not at all: the server makes a profile of the name. */
    NONE("none", false),
    /** In the host of the handshake, as BungeeCord does; unsigned, so the server must be reachable by the proxy alone. */
    BUNGEE_CORD("bungee_cord", false),
    /** As {@link #BUNGEE_CORD}, with the secret as a token that the BungeeGuard plugin compares. */
    BUNGEE_GUARD("bungee_guard", true),
    /** Signed with the secret, in answer to a question of the server; Minecraft 1.13 and newer. */
    VELOCITY("velocity", true);

    private final String key;
    private final boolean usesSecret;

    ForwardingMode(String key, boolean usesSecret) {
        this.key = key;
        this.usesSecret = usesSecret;
    }

    /** The spelling of the configuration file. */
    public String key() {
        return key;
    }

    /** Whether proxy and server share a secret. */
    public boolean usesSecret() {
        return usesSecret;
    }
}
