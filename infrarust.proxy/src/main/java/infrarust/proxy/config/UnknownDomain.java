package infrarust.proxy.config;

/** What happens to a connection whose host name no server claims. */
public enum UnknownDomain {
    /** A ping is answered with the default MOTD, a login is refused with a text. */
    DEFAULT_MOTD("default_motd"),
    /** The connection is closed without a word. */
    DROP("drop");

    private final String key;

    UnknownDomain(String key) {
        this.key = key;
    }

    /** The spelling of the configuration file. */
    public String key() {
        return key;
    }
}
