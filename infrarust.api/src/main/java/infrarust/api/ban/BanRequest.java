package infrarust.api.ban;

import java.time.Duration;
import java.util.Optional;

/**
 * The wish to keep somebody out.
 *
 * @param target whom
 * @param reason why, as the player shall read it; plain text
 * @param duration for how long; empty for ever
 * @param kick whether players whom it hits are disconnected
 * @param silent whether those who tell others of bans should not tell of this one
 */
public record BanRequest(
        BanTarget target, Optional<String> reason, Optional<Duration> duration, boolean kick, boolean silent) {

    /** Longer is for ever. */
    private static final Duration LONGEST = Duration.ofDays(365_000);

    /** @throws IllegalArgumentException if the duration is not positive */
    public BanRequest {
        if (duration.filter(time -> !time.isPositive()).isPresent()) {
            throw new IllegalArgumentException("a ban's duration is more than nothing, and not " + duration.get());
        }
        duration = duration.filter(time -> time.compareTo(LONGEST) <= 0);
    }

    /** Keeps the target out for ever, without a reason, and disconnects it. */
    public static BanRequest of(BanTarget target) {
        return new BanRequest(target, Optional.empty(), Optional.empty(), true, false);
    }

    /** The same for that reason. */
    public BanRequest withReason(String text) {
        return new BanRequest(target, Optional.of(text), duration, kick, silent);
    }

    /** The same for that long; a thousand years or more are for ever. */
    public BanRequest withDuration(Duration time) {
        return new BanRequest(target, reason, Optional.of(time), kick, silent);
    }

    /** The same, but who is connected stays. */
    public BanRequest withoutKick() {
        return new BanRequest(target, reason, duration, false, silent);
    }

    /** The same, not to be told of. */
    public BanRequest asSilent() {
        return new BanRequest(target, reason, duration, kick, true);
    }
}
