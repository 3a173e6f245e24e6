package infrarust.proxy.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a pinger sees in one state of a server.
 *
 * @param text the description, with section-sign colour codes
 * @param favicon a data URI, raw base64 of a PNG, or the path of a PNG of 64×64
 * @param versionName the text beside the version when client and server do not fit
 * @param maxPlayers the number of slots shown
 */
public record Motd(String text, Optional<String> favicon, Optional<String> versionName, OptionalInt maxPlayers) {

    /** Only a text. */
    public static Motd of(String text) {
        return new Motd(text, Optional.empty(), Optional.empty(), OptionalInt.empty());
    }
}
