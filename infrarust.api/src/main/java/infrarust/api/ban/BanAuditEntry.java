package infrarust.api.ban;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done about a ban.
 *
 * @param at when
 * @param action what
 * @param target whom it was about
 * @param reason the ban's reason
 * @param source who did it
 * @param expiresAt until when the ban holds or held; empty for ever
 */
public record BanAuditEntry(
        Instant at,
        Action action,
        BanTarget target,
        Optional<String> reason,
        BanSource source,
        Optional<Instant> expiresAt) {

    /** What was done. */
    public enum Action {
        /** The ban was issued, in place of an earlier one of the same target if there was one. */
        BANNED,
        /** It was lifted. */
        UNBANNED,
        /** Its time was over, and it has been cleared away. */
        EXPIRED,
        /** It came from a file. */
        IMPORTED
    }
}
