package infrarust.proxy.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a WASM plugin may be allowed to do. The names of the configuration are the constants in kebab case; some are of newer
 * contracts and grant nothing yet.
 */
public enum Capability {
    EVENT_BUS(Grant.BASELINE),
    PLAYER_READ(Grant.BASELINE),
    PLAYER_WRITE(Grant.BASELINE),
    RAW_PACKET(Grant.OPT_IN),
    SERVER_MANAGE(Grant.OPT_IN),
    BAN(Grant.OPT_IN),
    COMMAND(Grant.BASELINE),
    SCHEDULER(Grant.BASELINE),
    CONFIG_READ(Grant.BASELINE),
    CODEC_FILTER(Grant.OPT_IN),
    TRANSPORT_FILTER(Grant.NEVER),
    LIMBO(Grant.OPT_IN),
    VIRTUAL_BACKEND(Grant.OPT_IN),
    PERMISSION_PROVIDER(Grant.OPT_IN),
    FILESYSTEM_EXTENDED(Grant.OPT_IN),
    NETWORK(Grant.OPT_IN),
    CONFIG_WRITE(Grant.OPT_IN),
    CHAT_INTERCEPT(Grant.OPT_IN),
    BAN_PROVIDER(Grant.OPT_IN),
    PLUGIN_MESSAGING(Grant.OPT_IN),
    CONNECTION_HANDOFF(Grant.OPT_IN);

    /** How a plugin comes by a capability. */
    public enum Grant {
        /** Every plugin has it unless the operator denies it. */
        BASELINE,
        /** The operator lists it. */
        OPT_IN,
        /** Native plugins only. */
        NEVER
    }

    private final Grant grant;
    private final String key;

    Capability(Grant grant) {
        this.grant = grant;
        this.key = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How a plugin comes by it. */
    public Grant grant() {
        return grant;
    }

    /** The spelling of the configuration, for example {@code player-read}. */
    public String key() {
        return key;
    }

    /** The capability with this exact spelling. */
    public static Optional<Capability> ofKey(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }

    /**
     * Why a name has no effect in a list of {@code permissions} (grant) or of {@code deny}, if it has none. Only worth a
     * warning: the file may have been written for another version, and the plugin runs without the capability.
     */
    static Optional<String> objection(String name, boolean grant) {
        Optional<Capability> known = ofKey(name);
        if (known.isEmpty()) {
            return Optional.of("names the unknown capability \"" + name + "\", which is ignored"
                    + NearestName.of(
                                    name,
                                    Arrays.stream(values()).map(Capability::key).toList())
                            .map(near -> "; did you mean \"" + near + "\"?")
                            .orElse(""));
        }
        return known.filter(one -> grant && one.grant == Grant.NEVER)
                .map(one -> "names \"" + one.key + "\", which no configuration can grant; it is ignored");
    }
}
