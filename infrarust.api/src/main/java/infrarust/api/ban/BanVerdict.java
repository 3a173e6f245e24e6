package infrarust.api.ban;

import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * A ban keeps somebody out.
 *
 * @param ban which
 * @param kickMessage what the client shows; empty for the proxy's own words with the ban's reason and end
 */
public record BanVerdict(Ban ban, Optional<Component> kickMessage) {

    /** Told in the proxy's own words. */
    public static BanVerdict of(Ban ban) {
        return new BanVerdict(ban, Optional.empty());
    }
}
