package infrarust.proxy.config;

/** The state of a server as a pinger sees it; each may have its own message. */
public enum MotdState {
    ONLINE("online"),
    SLEEPING("sleeping"),
    STARTING("starting"),
    STOPPING("stopping"),
    CRASHED("crashed"),
    UNREACHABLE("unreachable");

    private final String key;

    MotdState(String key) {
        this.key = key;
    }

    /** The spelling of the configuration file. */
    public String key() {
        return key;
    }
}
