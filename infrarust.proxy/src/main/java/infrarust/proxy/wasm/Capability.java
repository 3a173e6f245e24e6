package infrarust.proxy.wasm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a WASM plugin may be allowed to do. The names of the configuration are the constants in kebab case. */
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
    NETWORK(Grant.OPT_IN);

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
}
