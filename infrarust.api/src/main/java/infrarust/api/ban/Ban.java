package infrarust.api.ban;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody is kept out.
 *
 * @param id what tells this ban from earlier and later ones of the same target; chosen by whoever keeps it
 * @param target whom
 * @param reason why, as the player reads it; plain text
 * @param source who has issued it
 * @param createdAt when, to the millisecond
 * @param expiresAt until when; empty for ever
 */
public record Ban(
        String id,
        BanTarget target,
        Optional<String> reason,
        BanSource source,
        Instant createdAt,
        Optional<Instant> expiresAt) {

    /** Whether it still keeps out at that time. */
    public boolean isActiveAt(Instant time) {
        return expiresAt.map(time::isBefore).orElse(true);
    }
}
