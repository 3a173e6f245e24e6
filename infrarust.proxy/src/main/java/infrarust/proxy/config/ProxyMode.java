package infrarust.proxy.config;

/** How much of the protocol the proxy terminates for a server. */
public enum ProxyMode {
    /** Bytes are relayed in user space; the backend authenticates. */
    PASSTHROUGH("passthrough", false),
    /** As passthrough, by the kernel's {@code splice} where there is one. */
    ZERO_COPY("zero_copy", false),
    /** As passthrough; says that the backend is in online mode. */
    SERVER_ONLY("server_only", false),
    /** The proxy authenticates and encrypts towards the client. */
    CLIENT_ONLY("client_only", true),
    /** The proxy terminates the protocol; nobody authenticates, except perhaps a plugin. */
    OFFLINE("offline", true);

    private final String key;
    private final boolean intercepted;

    ProxyMode(String key, boolean intercepted) {
        this.key = key;
        this.intercepted = intercepted;
    }

    /** The spelling of the configuration file. */
    public String key() {
        return key;
    }

    /** Whether the proxy reads frames beyond the handshake (client_only, offline); the others only forward. */
    public boolean intercepted() {
        return intercepted;
    }
}
