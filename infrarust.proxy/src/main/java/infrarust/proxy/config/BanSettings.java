package infrarust.proxy.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Who keeps the bans, and how.
 *
 * @param importFile a file of bans that is taken in at the start, if it is there
 * @param purgeInterval how often expired bans are cleared away; they do not hold meanwhile
 * @param auditLog whether it is noted what is done
 * @param provider {@link #BUILT_IN}, {@link #NONE}, or the id of the plugin that keeps them
 * @param checkTimeout how long a plugin may take to say whether somebody is banned
 */
public record BanSettings(
        Path importFile, Duration purgeInterval, boolean auditLog, String provider, Duration checkTimeout) {

    /** The proxy's own database keeps them. */
    public static final String BUILT_IN = "builtin";

    /** There are none. */
    public static final String NONE = "none";

    /** Kept by the proxy. */
    public static BanSettings defaults() {
        return new BanSettings(Path.of("bans.json"), Duration.ofMinutes(5), true, BUILT_IN, Duration.ofSeconds(5));
    }

    /** Whether the proxy keeps them. */
    public boolean isBuiltIn() {
        return provider.equals(BUILT_IN);
    }

    /** Whether nobody is ever banned. */
    public boolean isOff() {
        return provider.equals(NONE);
    }

    /** Whether that plugin keeps them. */
    public boolean isOf(String plugin) {
        return !isBuiltIn() && !isOff() && provider.equals(plugin);
    }
}
